package dev.tiaki.lua.haka;

/** What the program around a Lua state does for rules. */
public interface HakaHost {
  /** Asks the program to stop as at SIGTERM, after the current packet. */
  void exit();

  /** Tells whether standard output shows colours. */
  boolean hasColors();
}
