package dev.tiaki.lua.binding;

import java.util.List;

/** A Lua value that knows the names that can be read of it, for completion. */
public interface Members {
  /** Returns the names of its attributes and methods, in no order. */
  List<String> memberNames();
}
