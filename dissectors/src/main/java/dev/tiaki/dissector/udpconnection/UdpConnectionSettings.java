package dev.tiaki.dissector.udpconnection;

import java.time.Duration;

/**
 * How UDP flows are followed.
 *
 * @param maxFlows how many at once; a full table gives up one that was never answered, or lets the
 *     new one pass unseen when only observing
 * @param idle how long one may be silent before it is forgotten
 * @param dropped how long the packets of a dropped one are dropped
 */
public record UdpConnectionSettings(int maxFlows, Duration idle, Duration dropped) {
  /** 2^19 flows, and Haka's minute for both times. */
  public static final UdpConnectionSettings DEFAULTS =
      new UdpConnectionSettings(1 << 19, Duration.ofMinutes(1), Duration.ofMinutes(1));

  /** Returns the same with another bound for the number of flows. */
  public UdpConnectionSettings withMaxFlows(int flows) {
    return new UdpConnectionSettings(flows, idle, dropped);
  }
}
