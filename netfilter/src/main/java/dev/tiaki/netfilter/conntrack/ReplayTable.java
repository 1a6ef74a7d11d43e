package dev.tiaki.netfilter.conntrack;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The entries of {@link ReplayConntrack}; for one thread at a time. Deadlines lie in a heap; one
 * that was moved is put in again and its old place is passed over, so that a packet costs no
 * search.
 */
final class ReplayTable {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final int maxEntries;
  private final Consumer<ConntrackEvent.OfFlow> events;
  private final Map<Key, ReplayEntry> byTuple = new HashMap<>();
  private final Map<Long, ReplayEntry> byAge = new LinkedHashMap<>();
  private final PriorityQueue<Deadline> deadlines = new PriorityQueue<>();
  private long now;
  private long nextId = 1;
  private long inserted;
  private long evictions;
  private long invalid;

  private record Key(Tuple tuple, int zone) {}

  private record Deadline(long nanos, ReplayEntry entry) implements Comparable<Deadline> {
    @Override
    public int compareTo(Deadline other) {
      return Long.compare(nanos, other.nanos);
    }
  }

  ReplayTable(int maxEntries, Consumer<ConntrackEvent.OfFlow> events) {
    this.maxEntries = maxEntries;
    this.events = events;
  }

  int maxEntries() {
    return maxEntries;
  }

  int size() {
    return byAge.size();
  }

  long evictions() {
    return evictions;
  }

  long invalid() {
    return invalid;
  }

  long inserted() {
    return inserted;
  }

  long now() {
    return now;
  }

  void advanceTo(long nanos) {
    now = Math.max(now, nanos);
    for (Deadline first = deadlines.peek();
        first != null && first.nanos <= now;
        first = deadlines.peek()) {
      deadlines.poll();
      ReplayEntry entry = first.entry;
      if (entry.alive && entry.deadline <= now) {
        end(entry);
      } else if (entry.alive && entry.deadline != first.nanos) {
        deadlines.add(new Deadline(entry.deadline, entry));
      }
    }
  }

  /** Takes a packet; false when it belongs to no entry and makes none. */
  boolean observe(Tuple tuple, @Nullable TcpSegment segment, int bytes, long nanos) {
    advanceTo(nanos);
    ReplayEntry entry = byTuple.get(new Key(tuple, 0));
    boolean tracked =
        entry == null ? begin(tuple, segment, bytes) : goOn(entry, tuple, segment, bytes);
    invalid += tracked ? 0 : 1;
    return tracked;
  }

  private boolean begin(Tuple tuple, @Nullable TcpSegment segment, int bytes) {
    boolean begins = segment == null ? ReplayProtocol.begins(tuple) : ReplayTcp.begins(segment);
    if (!begins || (segment == null) == (tuple.protocol() == IpProtocol.TCP)) {
      return false;
    }
    ReplayEntry entry = new ReplayEntry(tuple, tuple.mirrored(), 0, nextId++, now);
    take(entry, true, segment);
    entry.count(true, bytes);
    add(entry);
    return true;
  }

  private boolean goOn(ReplayEntry entry, Tuple tuple, @Nullable TcpSegment segment, int bytes) {
    boolean fromOriginal = entry.original.equals(tuple);
    int status = entry.status;
    ProtocolInfo info = entry.info();
    switch (take(entry, fromOriginal, segment)) {
      case INVALID -> {
        return false;
      }
      case REOPENED -> {
        end(entry);
        return begin(tuple, segment, bytes);
      }
      case ENDED -> {
        entry.count(fromOriginal, bytes);
        end(entry);
        return true;
      }
      case TAKEN -> {
        entry.count(fromOriginal, bytes);
        moveDeadline(entry);
      }
      case IGNORED -> {
        // belongs to the connection, is neither counted nor does it prolong it
      }
    }
    // set behind the tracker, which asks whether there were answers before this packet
    entry.set(fromOriginal ? 0 : Status.SEEN_REPLY);
    if (status != entry.status || !Objects.equals(info, entry.info())) {
      events.accept(new ConntrackEvent.Updated(entry.flow(now), false, 0));
    }
    return true;
  }

  private ReplayTcp.Outcome take(
      ReplayEntry entry, boolean fromOriginal, @Nullable TcpSegment segment) {
    ReplayTcp tcp = entry.tcp;
    if (tcp != null) {
      return segment == null ? ReplayTcp.Outcome.INVALID : tcp.take(entry, fromOriginal, segment);
    }
    ReplayProtocol.take(entry, now);
    return ReplayTcp.Outcome.TAKEN;
  }

  private void add(ReplayEntry entry) {
    if (byAge.size() >= maxEntries) {
      evictions++;
      end(byAge.values().iterator().next());
    }
    inserted++;
    byTuple.put(new Key(entry.original, entry.zone), entry);
    byTuple.putIfAbsent(new Key(entry.reply, entry.zone), entry);
    byAge.put(entry.id, entry);
    entry.deadline = now + entry.timeoutSeconds * NANOS_PER_SECOND;
    deadlines.add(new Deadline(entry.deadline, entry));
    events.accept(new ConntrackEvent.Created(entry.flow(now), false, 0));
  }

  private void moveDeadline(ReplayEntry entry) {
    if (entry.has(Status.FIXED_TIMEOUT)) {
      return;
    }
    long deadline = now + entry.timeoutSeconds * NANOS_PER_SECOND;
    if (deadline < entry.deadline) {
      deadlines.add(new Deadline(deadline, entry)); // a later one is found when the old is due
    }
    entry.deadline = deadline;
  }

  private void end(ReplayEntry entry) {
    entry.alive = false;
    byAge.remove(entry.id);
    byTuple.remove(new Key(entry.original, entry.zone), entry);
    byTuple.remove(new Key(entry.reply, entry.zone), entry);
    events.accept(new ConntrackEvent.Destroyed(entry.ended(now), false, 0));
  }

  /** Returns the entries, oldest first. */
  Collection<Flow> flows() {
    List<Flow> flows = new ArrayList<>(byAge.size());
    for (ReplayEntry entry : byAge.values()) {
      flows.add(entry.flow(now));
    }
    return Collections.unmodifiableList(flows);
  }

  @Nullable Flow get(Tuple tuple, int zone) {
    ReplayEntry entry = byTuple.get(new Key(tuple, zone));
    return entry == null ? null : entry.flow(now);
  }

  boolean create(FlowSpec spec) {
    if (get(spec.original(), spec.zone()) != null) {
      return false;
    }
    ReplayEntry entry =
        new ReplayEntry(spec.original(), translated(spec), spec.zone(), nextId++, now);
    entry.set(spec.status().bits());
    entry.set(spec.sourceNat() == null ? 0 : Status.SOURCE_NAT);
    entry.set(spec.destinationNat() == null ? 0 : Status.DESTINATION_NAT);
    entry.mark = spec.mark();
    entry.setInfo(spec.protocolInfo());
    entry.labels = spec.labels();
    entry.helper = spec.helper();
    entry.timeoutSeconds = spec.timeoutSeconds();
    add(entry);
    return true;
  }

  private static Tuple translated(FlowSpec spec) {
    Tuple reply = spec.reply();
    NatTarget to = spec.sourceNat();
    NatTarget from = spec.destinationNat();
    TransportKey key = reply.key();
    if (key instanceof TransportKey.Ports(int source, int destination)) {
      key =
          new TransportKey.Ports(
              from == null || from.port() < 0 ? source : from.port(),
              to == null || to.port() < 0 ? destination : to.port());
    }
    return new Tuple(
        from == null ? reply.source() : from.address(),
        to == null ? reply.destination() : to.address(),
        reply.protocol(),
        key,
        reply.zone());
  }

  void update(Flow present, FlowUpdate update) {
    ReplayEntry entry = byAge.get(present.id());
    if (entry == null) {
      return;
    }
    entry.mark = update.markAfter(entry.mark);
    entry.setInfo(update.protocolInfo());
    entry.labels = labelsAfter(entry.labels, update);
    if (update.timeoutSeconds() != Flow.ABSENT) {
      entry.timeoutSeconds = update.timeoutSeconds();
      moveDeadline(entry);
    }
    entry.set(update.statusBits()); // the timeout before it is fixed
    events.accept(new ConntrackEvent.Updated(entry.flow(now), false, 0));
  }

  private static @Nullable Labels labelsAfter(@Nullable Labels old, FlowUpdate update) {
    Labels wanted = update.labels();
    Labels mask = update.labelsMask();
    if (wanted == null || mask == null) {
      return wanted == null ? old : wanted;
    }
    BitSet bits = old == null ? new BitSet() : old.bits();
    bits.andNot(mask.bits());
    BitSet chosen = wanted.bits();
    chosen.and(mask.bits());
    bits.or(chosen);
    return Labels.of(bits.stream().toArray());
  }

  void zeroCounters(Flow present) {
    ReplayEntry entry = byAge.get(present.id());
    if (entry != null) {
      entry.zeroCounters();
    }
  }

  void remove(Flow present) {
    ReplayEntry entry = byAge.get(present.id());
    if (entry != null) {
      end(entry);
    }
  }
}
