package dev.tiaki.lua.lib.string;

/** Positions in strings as Lua counts them: from 1, negative ones from the end. */
final class Positions {
  private Positions() {}

  /** Returns a position counted from 1; one before the start is below 1. */
  static long absolute(long position, int length) {
    return position >= 0 ? position : length + position + 1;
  }
}
