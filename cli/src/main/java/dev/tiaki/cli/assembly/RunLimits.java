package dev.tiaki.cli.assembly;

import dev.tiaki.dissector.ip.FragmentLimits;
import dev.tiaki.dissector.tcpconnection.TcpConnectionSettings;
import dev.tiaki.dissector.tcpconnection.TcpTimeouts;
import dev.tiaki.engine.stream.ReassemblyLimits;
import dev.tiaki.lua.budget.RuleLimits;

/**
 * Every bound of one worker.
 *
 * @param maxFlows how many TCP connections are followed at once
 * @param stream what waits in one direction of one stream
 * @param maxWaitingBytes what waits for missing data in all connections
 * @param maxRetainedBytes how much rules may keep back, per direction
 * @param maxSentBytes how much is kept to be sent again, per direction, a power of two
 * @param maxSentBytesInAll how much that may take for all connections
 * @param maxEdits how many edits that are not acknowledged yet are told apart, per direction
 * @param timeouts when idle connections are forgotten
 * @param ipv4Fragments what waits for missing IPv4 fragments
 * @param ipv6Fragments what waits for missing IPv6 fragments
 * @param rules what rules may use up
 */
public record RunLimits(
    int maxFlows,
    ReassemblyLimits stream,
    long maxWaitingBytes,
    int maxRetainedBytes,
    int maxSentBytes,
    long maxSentBytesInAll,
    int maxEdits,
    TcpTimeouts timeouts,
    FragmentLimits ipv4Fragments,
    FragmentLimits ipv6Fragments,
    RuleLimits rules) {
  /** The bounds that hold unless an option says otherwise: those of each layer. */
  public static final RunLimits DEFAULTS = of(TcpConnectionSettings.DEFAULTS);

  private static RunLimits of(TcpConnectionSettings tcp) {
    return new RunLimits(
        tcp.maxFlows(),
        tcp.reassembly(),
        tcp.maxWaitingBytes(),
        tcp.maxRetainedBytes(),
        tcp.maxSentBytes(),
        tcp.maxSentBytesInAll(),
        tcp.maxEdits(),
        tcp.timeouts(),
        FragmentLimits.IPV4,
        FragmentLimits.IPV6,
        RuleLimits.DEFAULTS);
  }
}
