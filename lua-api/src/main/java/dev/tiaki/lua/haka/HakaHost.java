package dev.tiaki.lua.haka;

import dev.tiaki.lua.interactive.Terminal;
import dev.tiaki.lua.shared.Commons;
import org.jspecify.annotations.Nullable;

/** What the program around a Lua state does for rules. */
public interface HakaHost {
  /** Asks the program to stop as at SIGTERM, after the current packet. */
  void exit();

  /** Tells whether standard output shows colours. */
  boolean hasColors();

  /** Returns where somebody types, or null when there is nobody. */
  @Nullable Terminal terminal();

  /** Tells whether rules run under the debugger from the start. */
  boolean isDebugged();

  /** Returns what the Lua states of all workers have in common. */
  Commons commons();
}
