package dev.tiaki.engine.worker;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The counters of one worker by name; who counts something asks for its counter once, at the start.
 * Counters are made by the worker alone and may be read by any thread.
 */
public final class Counters {
  private volatile Map<String, Counter> counters = Map.of();

  /** Returns the counter called {@code name}, made at its first use. */
  public Counter counter(String name, String description) {
    Counter known = counters.get(name);
    if (known != null) {
      return known;
    }
    Counter made = new Counter(name, description);
    Map<String, Counter> more = new LinkedHashMap<>(counters);
    more.put(name, made);
    counters = more; // a reader goes through the map that it found
    return made;
  }

  /** Returns the value of the counter called {@code name}; 0 when there is none. */
  public long value(String name) {
    Counter counter = counters.get(name);
    return counter == null ? 0 : counter.value();
  }

  /** Returns all counters in the order in which they were first asked for. */
  public Collection<Counter> all() {
    return Collections.unmodifiableCollection(counters.values());
  }

  /** Adds the values of another worker's counters to these. */
  public void addAll(Counters others) {
    for (Counter other : others.counters.values()) {
      counter(other.name(), other.description()).add(other.value());
    }
  }
}
