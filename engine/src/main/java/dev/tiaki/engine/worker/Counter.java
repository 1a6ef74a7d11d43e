package dev.tiaki.engine.worker;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A number that only grows, written by one worker and read by any thread at any time: a reader may
 * see a count that is a moment old, never one that is torn.
 */
public final class Counter {
  private static final VarHandle VALUE;

  static {
    try {
      VALUE = MethodHandles.lookup().findVarHandle(Counter.class, "value", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final String name;
  private final String description;
  private long value;

  Counter(String name, String description) {
    this.name = name;
    this.description = description;
  }

  /** Returns the dotted name, such as {@code tcp.retransmissions}. */
  public String name() {
    return name;
  }

  /** Returns what is counted, as a phrase for the summary. */
  public String description() {
    return description;
  }

  /** Counts one. */
  public void increment() {
    add(1);
  }

  /** Counts {@code amount}. */
  public void add(long amount) {
    // opaque: a plain store to the processor, but it does not stay in a register over a loop
    VALUE.setOpaque(this, value + amount);
  }

  /** Returns the count. */
  public long value() {
    return (long) VALUE.getOpaque(this);
  }
}
