package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.dissector.flow.FollowedFlows;
import dev.tiaki.engine.time.NetworkTime;

/** How long a connection may be silent, which its state says, before it is forgotten. */
final class ConnectionTimeouts {
  private static final long QUIET_NANOS = 2_000_000_000L;
  private static final long CLOCK_LEAP_NANOS = 86_400_000_000_000L;

  private final NetworkTime time;
  private final FollowedFlows<TcpFlow> flows;
  private final TcpTimeouts timeouts;
  private long lastPacketNanos;

  ConnectionTimeouts(NetworkTime time, FollowedFlows<TcpFlow> flows, TcpTimeouts timeouts) {
    this.time = time;
    this.flows = flows;
    this.timeouts = timeouts;
  }

  /** A packet of any connection came. */
  void packetCame() {
    lastPacketNanos = time.nanos();
  }

  /** Changes the state of {@code flow}, and begins to count its silence anew. */
  void enter(TcpFlow flow, TcpState state) {
    flow.setState(state);
    flows.expireAfter(flow, timeouts.nanos(state));
  }

  /** Tells whether {@code flow}, whose timer fired, was silent for as long as it may be. */
  boolean hasExpired(TcpFlow flow, long nowNanos) {
    if (nowNanos - lastPacketNanos > CLOCK_LEAP_NANOS) {
      // no connection at all for a day: a capture's clock was set, the connections are not older
      flow.touch(nowNanos);
    }
    return flows.hasExpired(flow, timeouts.nanos(flow.state()), nowNanos);
  }

  /** Tells whether no packet of {@code flow} came just now. */
  boolean isQuiet(TcpFlow flow) {
    return time.nanos() - flow.lastSeenNanos() >= QUIET_NANOS;
  }
}
