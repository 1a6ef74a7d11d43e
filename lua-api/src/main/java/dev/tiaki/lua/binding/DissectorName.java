package dev.tiaki.lua.binding;

import dev.tiaki.lua.fault.Raised;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;

/** The dissector that a rule selects: an entry of {@code haka.dissectors}, or its name. */
final class DissectorName {
  private DissectorName() {}

  static String of(LuaValue selected) {
    LuaValue name = selected.istable() ? selected.get("name") : selected;
    if (!name.isstring()) {
      throw Raised.plain("expected a dissector, got '" + selected.typename() + "'");
    }
    return name.tojstring();
  }

  /** Returns {@code opened}, which is null when nothing of that name stands on such a flow. */
  static <T> T require(@Nullable T opened, String name) {
    if (opened == null) {
      throw Raised.plain("dissector '" + name + "' cannot be selected here");
    }
    return opened;
  }
}
