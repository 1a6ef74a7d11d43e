package dev.tiaki.traffic;

import java.util.TreeMap;

/**
 * What one end has received of the other's stream: everything below {@link #next}, and pieces
 * beyond. Positions count from the initial sequence number, which is 0.
 */
final class Received {
  private final TreeMap<Long, Long> beyond = new TreeMap<>();
  private long next = 1;

  /** Returns the first position that is missing: what an acknowledgement says. */
  long next() {
    return next;
  }

  void add(long position, long length) {
    if (length > 0) {
      beyond.merge(position, position + length, Math::max);
    }
    while (!beyond.isEmpty() && beyond.firstKey() <= next) {
      next = Math.max(next, beyond.pollFirstEntry().getValue());
    }
  }

  Received copy() {
    Received copy = new Received();
    copy.beyond.putAll(beyond);
    copy.next = next;
    return copy;
  }
}
