package dev.tiaki.dissector.ip;

import dev.tiaki.engine.packet.DropOrigin;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.Counters;
import dev.tiaki.engine.worker.WorkerContext;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The datagrams of one family that wait for fragments, oldest first.
 *
 * <p>What is held is bounded by {@link FragmentLimits}: when a new fragment would go past the
 * limits in all, the oldest datagram is dropped; past the limit of its own datagram, that one is.
 */
final class FragmentTable {
  private static final DropOrigin TOO_MANY_FRAGMENTS =
      DropOrigin.of("limit of fragments of a datagram");
  private static final DropOrigin TABLE_FULL =
      DropOrigin.of("limit of datagrams and bytes that wait for fragments");

  private final WorkerContext context;
  private final FragmentLimits limits;
  private final OverlapRule rule;
  private final Map<FragmentKey, Datagram> datagrams = new LinkedHashMap<>();
  private final List<Fragment> refused = new ArrayList<>();
  private final Counter held;
  private final Counter reassembled;
  private final Counter incomplete;
  private final Counter duplicates;
  private final Counter discarded;
  private final Counter crowdedOut;
  private long heldBytes;

  /** Makes an empty table. */
  FragmentTable(WorkerContext context, String family, FragmentLimits limits, OverlapRule rule) {
    this.context = context;
    this.limits = limits;
    this.rule = rule;
    Counters counters = context.counters();
    held = counters.counter(family + ".fragments", family + " fragments");
    reassembled = counters.counter(family + ".reassembled", family + " datagrams reassembled");
    incomplete =
        counters.counter(family + ".incomplete", family + " datagrams that stayed incomplete");
    duplicates =
        counters.counter(family + ".duplicateFragments", family + " fragments without new data");
    discarded =
        counters.counter(family + ".discarded", family + " datagrams given up for overlaps");
    crowdedOut =
        counters.counter(family + ".fragmentLimit", family + " datagrams dropped at a limit");
  }

  /**
   * Takes a fragment in; returns the datagram when it is complete now, which leaves the table.
   *
   * @param invalid takes the packets of fragments that the rule refuses, and drops them
   */
  @Nullable Datagram add(FragmentKey key, Fragment fragment, Consumer<Packet> invalid) {
    held.increment();
    Datagram datagram = datagrams.get(key);
    if (datagram == null) {
      datagram = begin(key);
    }
    if (datagram.isDiscarded()) {
      fragment.packet().drop(DropReason.MALFORMED);
      return null;
    }
    long before = datagram.heldBytes();
    place(datagram, fragment);
    for (int i = 0; i < refused.size(); i++) {
      invalid.accept(refused.get(i).packet());
    }
    refused.clear();
    heldBytes += datagram.heldBytes() - before;
    if (datagram.isComplete()) {
      reassembled.increment();
      remove(datagram);
      return datagram;
    }
    if (datagram.fragments().isEmpty() && !datagram.isDiscarded()) {
      remove(datagram);
    }
    makeRoom();
    return null;
  }

  private Datagram begin(FragmentKey key) {
    Datagram datagram = new Datagram(key, this);
    datagrams.put(key, datagram);
    context.timers().schedule(datagram, context.time().nanos() + limits.timeout().toNanos());
    return datagram;
  }

  private void place(Datagram datagram, Fragment fragment) {
    switch (rule.add(datagram, fragment, refused)) {
      case ADDED -> {
        fragment.packet().hold();
        if (datagram.fragments().size() > limits.maxFragmentsPerDatagram()) {
          crowdedOut.increment();
          datagram.first().packet().blame(TOO_MANY_FRAGMENTS);
          datagram.discard(DropReason.BOUND);
        }
      }
      case REFUSED -> {}
      case DUPLICATE -> {
        duplicates.increment();
        fragment.packet().drop(DropReason.RETRANSMISSION);
      }
      case DISCARD -> {
        discarded.increment();
        datagram.discard(DropReason.MALFORMED);
        fragment.packet().drop(DropReason.MALFORMED);
      }
    }
  }

  private void makeRoom() {
    while (datagrams.size() > limits.maxDatagrams() || heldBytes > limits.maxHeldBytes()) {
      Iterator<Datagram> oldest = datagrams.values().iterator();
      Datagram datagram = oldest.next();
      crowdedOut.increment();
      remove(datagram);
      datagram.first().packet().blame(TABLE_FULL);
      datagram.drop(DropReason.BOUND);
    }
  }

  /** Gives up a datagram whose missing fragments did not come in time. */
  void expired(Datagram datagram) {
    remove(datagram);
    dropIncomplete(datagram);
  }

  /** Counts a fragment that said nothing new. */
  void countDuplicate() {
    duplicates.increment();
  }

  private void dropIncomplete(Datagram datagram) {
    if (!datagram.isDiscarded()) {
      incomplete.increment();
    }
    datagram.drop(DropReason.INCOMPLETE);
  }

  private void remove(Datagram datagram) {
    datagrams.remove(datagram.key());
    context.timers().cancel(datagram);
    heldBytes -= datagram.heldBytes();
  }

  /** Drops everything that still waits. */
  void clear() {
    List<Datagram> waiting = List.copyOf(datagrams.values());
    for (Datagram datagram : waiting) {
      expired(datagram);
    }
  }

  /** Returns the number of datagrams that wait. */
  int size() {
    return datagrams.size();
  }

  /** Returns the memory that held frames take. */
  long heldBytes() {
    return heldBytes;
  }
}
