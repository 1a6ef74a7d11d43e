package dev.tiaki.engine.worker;

/** A number that only grows, written by one worker and read by others after it has stopped. */
public final class Counter {
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
    value++;
  }

  /** Counts {@code amount}. */
  public void add(long amount) {
    value += amount;
  }

  /** Returns the count. */
  public long value() {
    return value;
  }
}
