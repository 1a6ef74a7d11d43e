package dev.tiaki.lua.haka;

import dev.tiaki.lua.shared.Commons;

/** What the program around a Lua state does for rules. */
public interface HakaHost {
  /** Asks the program to stop as at SIGTERM, after the current packet. */
  void exit();

  /** Tells whether standard output shows colours. */
  boolean hasColors();

  /** Returns what the Lua states of all workers have in common. */
  Commons commons();
}
