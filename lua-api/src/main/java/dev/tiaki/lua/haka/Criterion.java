package dev.tiaki.lua.haka;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** What a policy statement asks of one value, and perhaps how it learns what to ask. */
final class Criterion extends LuaTable {
  private final Test test;
  private final @Nullable Lesson lesson;

  /** Decides about a value, which may be nil. */
  @FunctionalInterface
  interface Test {
    /** Tells whether {@code value} matches. */
    boolean matches(LuaValue value);
  }

  /** Takes in a value that shall match later. */
  @FunctionalInterface
  interface Lesson {
    /** Learns {@code value}, which may be nil. */
    void learn(LuaValue value);
  }

  Criterion(Test test) {
    this(test, null);
  }

  /** Makes a criterion that, while policies learn, matches everything and learns it. */
  Criterion(Test test, @Nullable Lesson lesson) {
    this.test = test;
    this.lesson = lesson;
  }

  boolean matches(LuaValue value) {
    return test.matches(value);
  }

  boolean learns() {
    return lesson != null;
  }

  void learn(LuaValue value) {
    if (lesson != null) {
      lesson.learn(value);
    }
  }
}
