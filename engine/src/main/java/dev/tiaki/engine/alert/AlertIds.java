package dev.tiaki.engine.alert;

import java.util.concurrent.atomic.AtomicLong;

/** Hands out alert ids, from 1, unique in the run; shared by all workers. */
public final class AlertIds {
  private final AtomicLong last = new AtomicLong();

  /** Returns the next id. */
  public long next() {
    return last.incrementAndGet();
  }

  /** Returns how many ids were handed out. */
  public long issued() {
    return last.get();
  }
}
