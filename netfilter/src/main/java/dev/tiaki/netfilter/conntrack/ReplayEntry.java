package dev.tiaki.netfilter.conntrack;

import org.jspecify.annotations.Nullable;

/** One flow of the table in memory while it lives. */
final class ReplayEntry {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  final Tuple original;
  final Tuple reply;
  final int zone;
  final long id;
  final long startNanos;
  final @Nullable ReplayTcp tcp;
  int status = Status.CONFIRMED;
  long mark;
  long timeoutSeconds;
  long deadline;
  boolean alive = true;
  @Nullable ProtocolInfo otherInfo;
  @Nullable Labels labels;
  @Nullable String helper;
  private final long[] packets = new long[2];
  private final long[] bytes = new long[2];

  ReplayEntry(Tuple original, Tuple reply, int zone, long id, long startNanos) {
    this.original = original;
    this.reply = reply;
    this.zone = zone;
    this.id = id;
    this.startNanos = startNanos;
    this.tcp = original.protocol() == IpProtocol.TCP ? new ReplayTcp() : null;
  }

  boolean has(int bits) {
    return (status & bits) == bits;
  }

  void set(int bits) {
    status |= bits;
  }

  void count(boolean fromOriginal, int octets) {
    int direction = fromOriginal ? 0 : 1;
    packets[direction]++;
    bytes[direction] += octets;
  }

  void zeroCounters() {
    packets[0] = packets[1] = 0;
    bytes[0] = bytes[1] = 0;
  }

  @Nullable ProtocolInfo info() {
    ReplayTcp tracker = tcp;
    return tracker == null ? otherInfo : ProtocolInfo.Tcp.of(tracker.state());
  }

  void setInfo(@Nullable ProtocolInfo info) {
    ReplayTcp tracker = tcp;
    if (tracker == null) {
      otherInfo = info == null ? otherInfo : info;
    } else if (info instanceof ProtocolInfo.Tcp given) {
      tracker.setState(given.state());
    }
  }

  /** Returns the flow as a dump at {@code now} would tell it. */
  Flow flow(long now) {
    FlowBuilder flow = builder();
    flow.timeoutSeconds = Math.max(0, deadline - now) / NANOS_PER_SECOND;
    flow.timestamps = new Timestamps(startNanos, 0);
    flow.use = 1;
    return flow.build();
  }

  /** Returns the flow as the event of its end at {@code now} would tell it. */
  Flow ended(long now) {
    FlowBuilder flow = builder();
    flow.status |= Status.DYING;
    flow.timestamps = new Timestamps(startNanos, now);
    return flow.build();
  }

  private FlowBuilder builder() {
    FlowBuilder flow = new FlowBuilder();
    flow.original = original;
    flow.reply = reply;
    flow.zone = zone;
    flow.id = id;
    flow.status = status;
    flow.mark = mark;
    flow.protocolInfo = info();
    flow.originalCounters = new Counters(packets[0], bytes[0]);
    flow.replyCounters = new Counters(packets[1], bytes[1]);
    flow.labels = labels;
    flow.helper = helper;
    return flow;
  }
}
