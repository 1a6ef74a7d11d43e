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
  private final Map<Key, Entry> byTuple = new HashMap<>();
  private final Map<Long, Entry> byAge = new LinkedHashMap<>();
  private final PriorityQueue<Deadline> deadlines = new PriorityQueue<>();
  private long now;
  private long nextId = 1;
  private long evictions;

  private record Key(Tuple tuple, int zone) {}

  private record Deadline(long nanos, Entry entry) implements Comparable<Deadline> {
    @Override
    public int compareTo(Deadline other) {
      return Long.compare(nanos, other.nanos);
    }
  }

  /** One flow while it lives. */
  private static final class Entry {
    Flow flow;
    long deadline;
    boolean alive = true;

    Entry(Flow flow, long deadline) {
      this.flow = flow;
      this.deadline = deadline;
    }
  }

  ReplayTable(int maxEntries, Consumer<ConntrackEvent.OfFlow> events) {
    this.maxEntries = maxEntries;
    this.events = events;
  }

  int maxEntries() {
    return maxEntries;
  }

  long evictions() {
    return evictions;
  }

  void advanceTo(long nanos) {
    now = Math.max(now, nanos);
    for (Deadline first = deadlines.peek();
        first != null && first.nanos <= now;
        first = deadlines.peek()) {
      deadlines.poll();
      Entry entry = first.entry;
      if (entry.alive && entry.deadline <= now) {
        end(entry);
      } else if (entry.alive && entry.deadline != first.nanos) {
        deadlines.add(new Deadline(entry.deadline, entry));
      }
    }
  }

  Flow observe(Tuple tuple, int tcpFlags, int bytes, long nanos) {
    advanceTo(nanos);
    Entry entry = byTuple.get(new Key(tuple, 0));
    if (entry != null && isReopened(entry.flow, tuple, tcpFlags)) {
      end(entry);
      entry = null;
    }
    if (entry == null) {
      return begin(tuple, tcpFlags, bytes);
    }
    boolean original = entry.flow.original().equals(tuple);
    FlowBuilder flow = new FlowBuilder(entry.flow);
    boolean seenReply = entry.flow.status().has(Status.SEEN_REPLY) || !original;
    flow.status |= original ? 0 : Status.SEEN_REPLY;
    count(flow, original, bytes);
    long timeout =
        ReplayProtocol.next(tuple.protocol(), flow, original, seenReply, tcpFlags, age(entry.flow));
    boolean changed =
        flow.status != entry.flow.status().bits()
            || !Objects.equals(flow.protocolInfo, entry.flow.protocolInfo());
    put(entry, flow, timeout);
    if (changed) {
      events.accept(new ConntrackEvent.Updated(flowNow(entry), false, 0));
    }
    return flowNow(entry);
  }

  /** A SYN after the end begins a new connection with the same ports. */
  private static boolean isReopened(Flow flow, Tuple tuple, int tcpFlags) {
    return flow.protocolInfo() instanceof ProtocolInfo.Tcp tcp
        && flow.original().equals(tuple)
        && (tcpFlags & (TcpFlags.SYN | TcpFlags.ACK)) == TcpFlags.SYN
        && (tcp.state() == TcpState.TIME_WAIT || tcp.state() == TcpState.CLOSE);
  }

  private long age(Flow flow) {
    Timestamps times = flow.timestamps();
    return times == null ? 0 : now - times.startNanos();
  }

  private Flow begin(Tuple tuple, int tcpFlags, int bytes) {
    FlowBuilder flow = new FlowBuilder();
    flow.original = tuple;
    flow.reply = tuple.mirrored();
    flow.status = Status.CONFIRMED;
    flow.originalCounters = new Counters(0, 0);
    flow.replyCounters = new Counters(0, 0);
    count(flow, true, bytes);
    long timeout = ReplayProtocol.first(tuple.protocol(), flow, tcpFlags);
    return add(flow, timeout);
  }

  private Flow add(FlowBuilder flow, long timeoutSeconds) {
    if (byAge.size() >= maxEntries) {
      evictions++;
      end(byAge.values().iterator().next());
    }
    flow.id = nextId++;
    flow.use = 1;
    flow.mark = Math.max(0, flow.mark);
    flow.timestamps = new Timestamps(now, 0);
    Entry entry = new Entry(flow.build(), now + timeoutSeconds * NANOS_PER_SECOND);
    byTuple.put(new Key(entry.flow.original(), entry.flow.zone()), entry);
    byTuple.putIfAbsent(new Key(entry.flow.reply(), entry.flow.zone()), entry);
    byAge.put(entry.flow.id(), entry);
    deadlines.add(new Deadline(entry.deadline, entry));
    events.accept(new ConntrackEvent.Created(flowNow(entry), false, 0));
    return flowNow(entry);
  }

  private static void count(FlowBuilder flow, boolean original, int bytes) {
    if (original) {
      flow.originalCounters = more(flow.originalCounters, bytes);
    } else {
      flow.replyCounters = more(flow.replyCounters, bytes);
    }
  }

  private static Counters more(@Nullable Counters counters, int bytes) {
    return counters == null
        ? new Counters(1, bytes)
        : new Counters(counters.packets() + 1, counters.bytes() + bytes);
  }

  private void put(Entry entry, FlowBuilder flow, long timeoutSeconds) {
    entry.flow = flow.build();
    long deadline = now + timeoutSeconds * NANOS_PER_SECOND;
    if (deadline < entry.deadline) {
      deadlines.add(new Deadline(deadline, entry)); // a later one is found when the old is due
    }
    entry.deadline = deadline;
  }

  private void end(Entry entry) {
    entry.alive = false;
    byAge.remove(entry.flow.id());
    byTuple.remove(new Key(entry.flow.original(), entry.flow.zone()), entry);
    byTuple.remove(new Key(entry.flow.reply(), entry.flow.zone()), entry);
    FlowBuilder flow = new FlowBuilder(entry.flow);
    flow.status |= Status.DYING;
    Timestamps times = entry.flow.timestamps();
    flow.timestamps = new Timestamps(times == null ? now : times.startNanos(), now);
    events.accept(new ConntrackEvent.Destroyed(flow.build(), false, 0));
  }

  private Flow flowNow(Entry entry) {
    FlowBuilder flow = new FlowBuilder(entry.flow);
    flow.timeoutSeconds = Math.max(0, entry.deadline - now) / NANOS_PER_SECOND;
    return flow.build();
  }

  /** Returns the entries, oldest first. */
  Collection<Flow> flows() {
    List<Flow> flows = new ArrayList<>(byAge.size());
    for (Entry entry : byAge.values()) {
      flows.add(flowNow(entry));
    }
    return Collections.unmodifiableList(flows);
  }

  @Nullable Flow get(Tuple tuple, int zone) {
    Entry entry = byTuple.get(new Key(tuple, zone));
    return entry == null ? null : flowNow(entry);
  }

  boolean create(FlowSpec spec) {
    if (get(spec.original(), spec.zone()) != null) {
      return false;
    }
    FlowBuilder flow = new FlowBuilder();
    flow.original = spec.original();
    flow.reply = spec.reply();
    flow.zone = spec.zone();
    flow.status = spec.status().bits() | Status.CONFIRMED;
    flow.mark = spec.mark();
    flow.protocolInfo = spec.protocolInfo();
    flow.labels = spec.labels();
    flow.helper = spec.helper();
    add(flow, spec.timeoutSeconds());
    return true;
  }

  void update(Flow present, FlowUpdate update) {
    Entry entry = byAge.get(present.id());
    if (entry == null) {
      return;
    }
    FlowBuilder flow = new FlowBuilder(entry.flow);
    flow.mark = update.markAfter(entry.flow.mark());
    flow.status |= update.statusBits();
    flow.protocolInfo = update.protocolInfo() == null ? flow.protocolInfo : update.protocolInfo();
    flow.labels = labelsAfter(flow.labels, update);
    long left = Math.max(0, entry.deadline - now) / NANOS_PER_SECOND;
    put(entry, flow, update.timeoutSeconds() == Flow.ABSENT ? left : update.timeoutSeconds());
    events.accept(new ConntrackEvent.Updated(flowNow(entry), false, 0));
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
    Entry entry = byAge.get(present.id());
    if (entry != null) {
      FlowBuilder flow = new FlowBuilder(entry.flow);
      flow.originalCounters = new Counters(0, 0);
      flow.replyCounters = new Counters(0, 0);
      entry.flow = flow.build();
    }
  }

  void remove(Flow present) {
    Entry entry = byAge.get(present.id());
    if (entry != null) {
      end(entry);
    }
  }
}
