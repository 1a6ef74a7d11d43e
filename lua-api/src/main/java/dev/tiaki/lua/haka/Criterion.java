package dev.tiaki.lua.haka;

import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** What a policy statement asks of one value. */
final class Criterion extends LuaTable {
  private final Test test;

  /** Decides about a value, which may be nil. */
  @FunctionalInterface
  interface Test {
    /** Tells whether {@code value} matches. */
    boolean matches(LuaValue value);
  }

  Criterion(Test test) {
    this.test = test;
  }

  boolean matches(LuaValue value) {
    return test.matches(value);
  }
}
