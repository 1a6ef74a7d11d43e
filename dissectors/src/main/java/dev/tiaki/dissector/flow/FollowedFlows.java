package dev.tiaki.dissector.flow;

import dev.tiaki.dissector.ip.IpPacket;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.flow.FlowKey;
import dev.tiaki.engine.flow.FlowProbe;
import dev.tiaki.engine.flow.FlowTable;
import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.WorkerContext;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The flows of one transport that a worker follows: found by the ends of a packet, numbered in the
 * order in which they open, bounded in number, and timed. Finding one allocates nothing.
 *
 * @param <F> what is kept for each flow
 */
public final class FollowedFlows<F extends TransportFlow> {
  private final WorkerContext context;
  private final FlowTable<F> table;
  private final Counter refused;
  private final Counter evicted;
  private final FlowProbe probe = new FlowProbe();
  private long lastId;

  /**
   * Follows no flow yet.
   *
   * @param maxFlows how many are followed at once
   * @param refused counts the flows that found no room
   * @param evicted counts those that were given up for others
   */
  public FollowedFlows(WorkerContext context, int maxFlows, Counter refused, Counter evicted) {
    this.context = context;
    this.table = new FlowTable<>(maxFlows);
    this.refused = refused;
    this.evicted = evicted;
  }

  /**
   * Finds the flow of a packet, or null. Until the next call {@link #key}, {@link #directionOf} and
   * {@link #evict} are about this packet.
   */
  public @Nullable F find(IpPacket ip, int sourcePort, int destinationPort) {
    probe.set(
        ip.isIpv6(),
        ip.sourceHigh(),
        ip.sourceLow(),
        ip.destinationHigh(),
        ip.destinationLow(),
        sourcePort,
        destinationPort);
    probe.inNetwork(ip.packet().network());
    return table.find(probe);
  }

  /** Returns the flow between these ends, whoever began it, or null. */
  public @Nullable F between(FlowKey ends) {
    FlowProbe other = new FlowProbe();
    other.set(ends);
    return table.find(other);
  }

  /** Returns the key of a flow that begins with the packet. */
  public FlowKey key() {
    return probe.toKey();
  }

  /** Returns which way the packet goes in {@code flow}, which is its flow. */
  public Direction directionOf(F flow) {
    return flow.directionOf(probe);
  }

  /** Tells whether another flow can be followed without giving one up. */
  public boolean hasRoom() {
    return !table.isFull();
  }

  /**
   * Returns a flow that the caller is to give up for the packet's, or null: then the packet's is
   * refused. Both are counted.
   */
  public @Nullable F evict() {
    F victim = table.expendableNear(probe);
    (victim == null ? refused : evicted).increment();
    return victim;
  }

  /** Follows {@code flow} from now on, for which there is room, and gives it its number. */
  public void follow(F flow) {
    flow.setId(++lastId);
    table.insert(flow);
  }

  /** Has {@code flow} expire when it has been silent for {@code nanos} nanoseconds from now on. */
  public void expireAfter(F flow, long nanos) {
    long now = context.time().nanos();
    flow.touch(now);
    context.timers().schedule(flow, now + nanos);
  }

  /**
   * Tells whether {@code flow}, whose timer fired, has been silent for {@code nanos} nanoseconds;
   * when it has not, its timer is armed for the rest.
   */
  public boolean hasExpired(F flow, long nanos, long nowNanos) {
    long deadline = flow.lastSeenNanos() + nanos;
    if (deadline <= nowNanos) {
      return true;
    }
    context.timers().schedule(flow, deadline);
    return false;
  }

  /** Follows {@code flow} no more. */
  public void forget(F flow) {
    context.timers().cancel(flow);
    table.remove(flow);
  }

  /** Returns how many flows are followed. */
  public int size() {
    return table.size();
  }

  /** Walks over a part of the flows, as {@link FlowTable#scan} says. */
  public int scan(int from, int count, Predicate<? super F> action) {
    return table.scan(from, count, action);
  }

  /** Returns the flows, the newest first. */
  public List<F> newestFirst() {
    return table.byNumberDescending(TransportFlow::id);
  }

  /** Returns the flow with this number, or null. */
  public @Nullable F numbered(long id) {
    return newestFirst().stream().filter(flow -> flow.id() == id).findFirst().orElse(null);
  }
}
