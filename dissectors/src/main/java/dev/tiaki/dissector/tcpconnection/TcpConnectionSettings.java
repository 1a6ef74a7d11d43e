package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.engine.stream.OverlapPolicy;
import dev.tiaki.engine.stream.ReassemblyLimits;

/**
 * How connections are followed.
 *
 * @param midstreamPickup whether a connection whose beginning was not seen is taken up; otherwise
 *     the policy {@code no_connection_found} decides about its packets
 * @param overlap whose bytes count where waiting segments overlap
 * @param reassembly the bounds of what waits, per direction
 * @param maxWaitingBytes how much memory waiting segments of all connections may take
 * @param maxRetainedBytes how many bytes rules may keep back by marks, per direction
 * @param maxFlows how many connections are followed at once
 * @param windowChecks whether segments outside the receiver's window and resets at any other than
 *     the next sequence number are refused (RFC 9293 section 3.10.7.4, RFC 5961)
 * @param maxSentBytes how much edited or inspected data is kept to be sent again, per direction, a
 *     power of two
 * @param maxSentBytesInAll how much memory that may take for all connections; data beyond it cannot
 *     be sent again
 * @param maxEdits how many edits that are not acknowledged yet are told apart, per direction
 * @param timeouts when idle connections are forgotten
 */
public record TcpConnectionSettings(
    boolean midstreamPickup,
    OverlapPolicy overlap,
    ReassemblyLimits reassembly,
    long maxWaitingBytes,
    int maxRetainedBytes,
    int maxFlows,
    boolean windowChecks,
    int maxSentBytes,
    long maxSentBytesInAll,
    int maxEdits,
    TcpTimeouts timeouts) {
  /** What a replay starts from: policy decides mid-stream, first copy counts, 2^19 flows. */
  public static final TcpConnectionSettings DEFAULTS =
      new TcpConnectionSettings(
          false,
          OverlapPolicy.FIRST,
          ReassemblyLimits.DEFAULTS,
          128L << 20,
          16 << 20,
          1 << 19,
          true,
          1 << 22,
          256L << 20,
          4096,
          TcpTimeouts.DEFAULTS);

  /** Returns the same with mid-stream pick-up switched on or off. */
  public TcpConnectionSettings withMidstreamPickup(boolean pickup) {
    return with(pickup, overlap, reassembly, maxFlows);
  }

  /** Returns the same with another overlap policy. */
  public TcpConnectionSettings withOverlap(OverlapPolicy policy) {
    return with(midstreamPickup, policy, reassembly, maxFlows);
  }

  /** Returns the same with other bounds for what waits. */
  public TcpConnectionSettings withReassembly(ReassemblyLimits limits) {
    return with(midstreamPickup, overlap, limits, maxFlows);
  }

  /** Returns the same with another bound for the number of connections. */
  public TcpConnectionSettings withMaxFlows(int flows) {
    return with(midstreamPickup, overlap, reassembly, flows);
  }

  /**
   * Returns the same with another bound for what rules may keep back of one direction, in bytes.
   */
  public TcpConnectionSettings withMaxRetainedBytes(int bytes) {
    return new TcpConnectionSettings(
        midstreamPickup,
        overlap,
        reassembly,
        maxWaitingBytes,
        bytes,
        maxFlows,
        windowChecks,
        maxSentBytes,
        maxSentBytesInAll,
        maxEdits,
        timeouts);
  }

  private TcpConnectionSettings with(
      boolean pickup, OverlapPolicy policy, ReassemblyLimits limits, int flows) {
    return new TcpConnectionSettings(
        pickup,
        policy,
        limits,
        maxWaitingBytes,
        maxRetainedBytes,
        flows,
        windowChecks,
        maxSentBytes,
        maxSentBytesInAll,
        maxEdits,
        timeouts);
  }
}
