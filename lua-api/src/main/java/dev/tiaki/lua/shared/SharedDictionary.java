package dev.tiaki.lua.shared;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dictionary that all workers share. Each operation is atomic; none calls anything outside.
 *
 * <p>Bounded in entries and in octets: when it is full, what was written longest ago makes room.
 * Times are nanoseconds of the caller's clock; workers of a run agree on it within a packet or so.
 */
public final class SharedDictionary {
  /** Looked at by each write, so that what has expired does not wait for the bound. */
  private static final int SWEPT_PER_WRITE = 4;

  private static final long NEVER = Long.MAX_VALUE;

  private final SharedLimits limits;
  private final LinkedHashMap<Object, Entry> entries = new LinkedHashMap<>();
  private long bytes;
  private long evicted;

  private record Entry(SharedValue value, long deadlineNanos, long bytes) {
    boolean isExpired(long nowNanos) {
      return nowNanos >= deadlineNanos;
    }
  }

  /** Makes an empty dictionary. */
  public SharedDictionary(SharedLimits limits) {
    this.limits = limits;
  }

  /** Returns the value of {@code key}, a String or a Double, or null. */
  public synchronized @Nullable SharedValue get(Object key, long nowNanos) {
    Entry entry = entries.get(key);
    if (entry == null) {
      return null;
    }
    if (entry.isExpired(nowNanos)) {
      remove(key);
      return null;
    }
    return entry.value();
  }

  /**
   * Sets a value.
   *
   * @param key a String or a Double
   * @param lifeNanos after so long it is gone; 0 for never
   * @return false when it alone is larger than the dictionary may be; nothing has changed then
   */
  public synchronized boolean set(Object key, SharedValue value, long nowNanos, long lifeNanos) {
    long size = SharedValue.bytesOf(key) + value.bytes();
    if (size > limits.bytes()) {
      return false;
    }
    remove(key);
    sweep(nowNanos);
    while (entries.size() >= limits.entries() || bytes + size > limits.bytes()) {
      evictOldest();
    }
    long deadline = lifeNanos == 0 ? NEVER : nowNanos + lifeNanos;
    entries.put(key, new Entry(value, deadline < nowNanos ? NEVER : deadline, size));
    bytes += size;
    return true;
  }

  /** As {@link #set}, unless the key has a value; tells whether it was set. */
  public synchronized boolean add(Object key, SharedValue value, long nowNanos, long lifeNanos) {
    return get(key, nowNanos) == null && set(key, value, nowNanos, lifeNanos);
  }

  /**
   * Adds to a number; a missing one counts as 0.
   *
   * @param lifeNanos the life of a number that was missing; one that was there keeps its own
   * @return the new number, or null when the value is no number
   */
  public synchronized @Nullable Double increment(
      Object key, double by, long nowNanos, long lifeNanos) {
    SharedValue known = get(key, nowNanos);
    if (known == null) {
      set(key, new SharedValue.Numeric(by), nowNanos, lifeNanos);
      return by;
    }
    if (!(known instanceof SharedValue.Numeric number)) {
      return null;
    }
    double sum = number.value() + by;
    Entry entry = entries.remove(key);
    if (entry != null) { // it is, under this monitor
      entries.put(
          key, new Entry(new SharedValue.Numeric(sum), entry.deadlineNanos(), entry.bytes()));
    }
    return sum;
  }

  /** Removes a value; tells whether there was one. */
  public synchronized boolean delete(Object key, long nowNanos) {
    boolean known = get(key, nowNanos) != null;
    remove(key);
    return known;
  }

  /** Removes everything. */
  public synchronized void clear() {
    entries.clear();
    bytes = 0;
  }

  /** Returns the keys that have a value, that written longest ago first. */
  public synchronized List<Object> keys(long nowNanos) {
    return entries.entrySet().stream()
        .filter(entry -> !entry.getValue().isExpired(nowNanos))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Returns how many entries it holds, those included that have expired unnoticed. */
  public synchronized int size() {
    return entries.size();
  }

  /** Returns the octets that it is taken to hold. */
  public synchronized long bytes() {
    return bytes;
  }

  /** Returns how many entries had to make room for others before they expired. */
  public synchronized long evicted() {
    return evicted;
  }

  private void remove(Object key) {
    Entry gone = entries.remove(key);
    bytes -= gone == null ? 0 : gone.bytes();
  }

  private void sweep(long nowNanos) {
    Iterator<Entry> oldest = entries.values().iterator();
    for (int i = 0; i < SWEPT_PER_WRITE && oldest.hasNext(); i++) {
      Entry entry = oldest.next();
      if (entry.isExpired(nowNanos)) {
        oldest.remove();
        bytes -= entry.bytes();
      }
    }
  }

  private void evictOldest() {
    Iterator<Entry> oldest = entries.values().iterator();
    bytes -= oldest.next().bytes();
    oldest.remove();
    evicted++;
  }
}
