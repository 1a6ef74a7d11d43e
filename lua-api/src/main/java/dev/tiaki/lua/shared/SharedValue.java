package dev.tiaki.lua.shared;

import java.util.Map;

/**
 * A value that every Lua state can read: immutable, and nobody's object. Strings hold one character
 * for each octet.
 */
public sealed interface SharedValue {
  /** What an entry costs beside its text, in octets. */
  long OVERHEAD_BYTES = 64;

  /**
   * A boolean.
   *
   * @param value its value
   */
  record Flag(boolean value) implements SharedValue {}

  /**
   * A number.
   *
   * @param value its value
   */
  record Numeric(double value) implements SharedValue {}

  /**
   * A string.
   *
   * @param value its octets, one character each
   */
  record Text(String value) implements SharedValue {}

  /**
   * A table without tables in it.
   *
   * @param entries Strings or Doubles with their values, none of which is a table
   */
  record Flat(Map<Object, SharedValue> entries) implements SharedValue {
    /** Keeps its own copy. */
    public Flat {
      entries = Map.copyOf(entries);
    }
  }

  /** Returns the octets that the value is taken to cost. */
  default long bytes() {
    return switch (this) {
      case Flag flag -> OVERHEAD_BYTES;
      case Numeric number -> OVERHEAD_BYTES;
      case Text text -> OVERHEAD_BYTES + text.value().length();
      case Flat flat -> {
        long sum = OVERHEAD_BYTES;
        for (Map.Entry<Object, SharedValue> entry : flat.entries().entrySet()) {
          sum += bytesOf(entry.getKey()) + entry.getValue().bytes();
        }
        yield sum;
      }
    };
  }

  /** Returns the octets that a key is taken to cost. */
  static long bytesOf(Object key) {
    return key instanceof String text ? text.length() : Double.BYTES;
  }
}
