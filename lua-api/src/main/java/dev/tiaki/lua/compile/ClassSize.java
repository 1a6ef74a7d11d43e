package dev.tiaki.lua.compile;

import org.luaj.vm2.Prototype;

/** Tells beforehand what surely fits no class file: finding out by trying takes many seconds. */
final class ClassSize {
  /** A method holds 65 535 octets; the shortest Lua instruction takes five, most ten and more. */
  private static final int MOST_INSTRUCTIONS = 10_000;

  /** The class initialiser makes one constant with nine octets or more. */
  private static final int MOST_CONSTANTS = 7_000;

  private ClassSize() {}

  static boolean fits(Prototype prototype) {
    if (prototype.code.length > MOST_INSTRUCTIONS || prototype.k.length > MOST_CONSTANTS) {
      return false;
    }
    for (Prototype inner : prototype.p) {
      if (!fits(inner)) {
        return false;
      }
    }
    return true;
  }
}
