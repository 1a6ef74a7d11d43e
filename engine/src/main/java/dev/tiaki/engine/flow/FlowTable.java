package dev.tiaki.engine.flow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The flows of one worker, found by the addresses of a packet of either direction.
 *
 * <p>Open addressing with linear probing in a power of two of slots, at most half of them full;
 * removal shifts the following entries back, so there are no tombstones. The number of entries is
 * bounded: a full table gives up an expendable entry (one that was never established) found near
 * the new flow's place, or refuses the new flow.
 *
 * @param <F> what is kept for each flow
 */
public final class FlowTable<F extends FlowEntry> {
  private static final int SMALLEST = 64;

  /** How many slots a full table examines for an entry to give up; as Linux's early drop. */
  private static final int EARLY_DROP_SLOTS = 32;

  /** How sparse numbers may be for {@link #byNumberDescending} to give each a place. */
  private static final int MAX_PLACES_PER_FLOW = 4;

  private final int maxEntries;
  private @Nullable FlowEntry[] slots = new @Nullable FlowEntry[SMALLEST];
  private int[] hashes = new int[SMALLEST];
  private int size;

  /** Makes an empty table for at most {@code maxEntries} flows. */
  public FlowTable(int maxEntries) {
    if (maxEntries < 1 || maxEntries > 1 << 28) {
      throw new IllegalArgumentException("maxEntries=" + maxEntries);
    }
    this.maxEntries = maxEntries;
  }

  /** Returns the number of flows in the table. */
  public int size() {
    return size;
  }

  /** Tells whether another flow fits without giving one up. */
  public boolean isFull() {
    return size >= maxEntries;
  }

  /** Returns the flow of which {@code probe} is a packet, in either direction, or null. */
  @SuppressWarnings("unchecked")
  public @Nullable F find(FlowProbe probe) {
    int mask = hashes.length - 1;
    int hash = probe.hash;
    for (int at = hash & mask; ; at = (at + 1) & mask) {
      FlowEntry entry = slots[at];
      if (entry == null) {
        return null;
      }
      if (hashes[at] == hash && (entry.key().isFrom(probe) || entry.key().isTo(probe))) {
        return (F) entry;
      }
    }
  }

  /**
   * Takes {@code entry} in.
   *
   * @return whether there was room
   */
  public boolean insert(F entry) {
    if (size >= maxEntries) {
      return false;
    }
    if (2 * (size + 1) > hashes.length) {
      grow();
    }
    entry.tableHash = entry.key().symmetricHash();
    place(entry);
    size++;
    return true;
  }

  /**
   * Returns an expendable entry near the place of {@code probe}, or null; it stays in the table.
   */
  @SuppressWarnings("unchecked")
  public @Nullable F expendableNear(FlowProbe probe) {
    int mask = hashes.length - 1;
    for (int i = 0; i < EARLY_DROP_SLOTS; i++) {
      FlowEntry entry = slots[(probe.hash + i) & mask];
      if (entry != null && entry.isExpendable()) {
        return (F) entry;
      }
    }
    return null;
  }

  /** Takes {@code entry} out; nothing happens when it is not in. */
  public void remove(F entry) {
    int mask = hashes.length - 1;
    for (int at = entry.tableHash & mask; slots[at] != null; at = (at + 1) & mask) {
      if (slots[at] == entry) {
        close(at);
        size--;
        return;
      }
    }
  }

  /** Calls {@code action} for each flow, in no particular order; the table must not change. */
  @SuppressWarnings("unchecked")
  public void forEach(Consumer<? super F> action) {
    for (FlowEntry entry : slots) {
      if (entry != null) {
        action.accept((F) entry);
      }
    }
  }

  /**
   * Returns the flows, that with the highest number first. Numbers that are given in turn lie close
   * together, so that each flow has its place at once: comparing hundreds of thousands of flows, of
   * which most are in no cache, takes longer than ending them.
   *
   * @param number tells a flow's number, which no other flow has
   */
  public List<F> byNumberDescending(ToLongFunction<? super F> number) {
    List<F> flows = new ArrayList<>(size);
    forEach(flows::add);
    long lowest = Long.MAX_VALUE;
    long highest = Long.MIN_VALUE;
    for (F flow : flows) {
      lowest = Math.min(lowest, number.applyAsLong(flow));
      highest = Math.max(highest, number.applyAsLong(flow));
    }
    if (highest - lowest < 0 || highest - lowest > MAX_PLACES_PER_FLOW * (long) size) {
      flows.sort(Comparator.comparingLong(number).reversed());
      return flows;
    }
    return placed(flows, number, highest, (int) (highest - lowest) + 1);
  }

  @SuppressWarnings("unchecked")
  private List<F> placed(
      List<F> flows, ToLongFunction<? super F> number, long highest, int places) {
    @Nullable FlowEntry[] order = new @Nullable FlowEntry[places];
    for (F flow : flows) {
      order[(int) (highest - number.applyAsLong(flow))] = flow;
    }
    List<F> ordered = new ArrayList<>(flows.size());
    for (FlowEntry entry : order) {
      if (entry != null) {
        ordered.add((F) entry);
      }
    }
    return ordered;
  }

  /**
   * Walks over a part of the table, so that a walk over all of it can be done in pieces between
   * which packets come. A flow that stays in the table is met once, but for those that move because
   * others come and go meanwhile: they may be met twice or not at all.
   *
   * @param from where to begin: 0, or what the call before returned
   * @param count how many places to look at; one in two or fewer holds a flow
   * @param action is given each flow; the table must not change, and false ends this piece
   * @return where the next piece begins, or -1 at the end
   */
  @SuppressWarnings("unchecked")
  public int scan(int from, int count, Predicate<? super F> action) {
    int end = (int) Math.min(slots.length, (long) from + count);
    for (int at = from; at < end; at++) {
      FlowEntry entry = slots[at];
      if (entry != null && !action.test((F) entry)) {
        return at + 1 < slots.length ? at + 1 : -1;
      }
    }
    return end < slots.length ? end : -1;
  }

  /** Moves entries back over the hole at {@code hole}, as far as their chains allow. */
  private void close(int hole) {
    int mask = hashes.length - 1;
    int empty = hole;
    int at = hole;
    while (true) {
      at = (at + 1) & mask;
      if (slots[at] == null) {
        break;
      }
      int home = hashes[at] & mask;
      if (((at - home) & mask) >= ((at - empty) & mask)) {
        slots[empty] = slots[at];
        hashes[empty] = hashes[at];
        empty = at;
      }
    }
    slots[empty] = null;
  }

  private void place(FlowEntry entry) {
    int mask = hashes.length - 1;
    int at = entry.tableHash & mask;
    while (slots[at] != null) {
      at = (at + 1) & mask;
    }
    slots[at] = entry;
    hashes[at] = entry.tableHash;
  }

  private void grow() {
    @Nullable FlowEntry[] before = slots;
    slots = new @Nullable FlowEntry[2 * before.length];
    hashes = new int[slots.length];
    for (FlowEntry entry : before) {
      if (entry != null) {
        place(entry);
      }
    }
  }
}
