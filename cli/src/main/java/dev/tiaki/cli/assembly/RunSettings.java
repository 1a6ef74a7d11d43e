package dev.tiaki.cli.assembly;

import dev.tiaki.cli.output.LogLevels;
import dev.tiaki.dissector.tcp.TcpSettings;
import dev.tiaki.dissector.tcp.VerifyChecksums;
import dev.tiaki.dissector.tcpconnection.TcpConnectionSettings;
import dev.tiaki.engine.rule.OnRuleError;
import dev.tiaki.engine.stream.OverlapPolicy;
import dev.tiaki.engine.worker.EngineMode;
import java.nio.file.Path;
import java.util.List;

/**
 * How a run treats packets.
 *
 * @param rules the rule files in the order in which they are loaded
 * @param mode what may be done to the traffic
 * @param onRuleError what a failing rule means
 * @param midstreamPickup whether connections whose beginning was not seen are taken up
 * @param overlap whose bytes count where waiting segments overlap
 * @param checksums which checksums are verified
 * @param sandbox whether rules are kept from files and processes
 * @param keepFlows whether flows go on from capture to capture
 * @param workers how many workers share the flows
 * @param limits the bounds of each worker
 * @param logLevels which log lines are written
 * @param passMalformed whether packets whose headers are broken pass unseen by rules
 * @param debugLua whether rules are interpreted, under the debugger
 */
public record RunSettings(
    List<Path> rules,
    EngineMode mode,
    OnRuleError onRuleError,
    boolean midstreamPickup,
    OverlapPolicy overlap,
    VerifyChecksums checksums,
    boolean sandbox,
    boolean keepFlows,
    int workers,
    RunLimits limits,
    LogLevels logLevels,
    boolean passMalformed,
    boolean debugLua) {
  /** Keeps its own copy of the list; there must be a worker. */
  public RunSettings {
    rules = List.copyOf(rules);
    if (workers < 1) {
      throw new IllegalArgumentException("workers=" + workers);
    }
  }

  /** Makes settings that drop packets whose headers are broken, without the debugger. */
  public RunSettings(
      List<Path> rules,
      EngineMode mode,
      OnRuleError onRuleError,
      boolean midstreamPickup,
      OverlapPolicy overlap,
      VerifyChecksums checksums,
      boolean sandbox,
      boolean keepFlows,
      int workers,
      RunLimits limits,
      LogLevels logLevels) {
    this(
        rules,
        mode,
        onRuleError,
        midstreamPickup,
        overlap,
        checksums,
        sandbox,
        keepFlows,
        workers,
        limits,
        logLevels,
        false,
        false);
  }

  /** Returns these settings, with or without the debugger. */
  public RunSettings debugged(boolean debug) {
    return new RunSettings(
        rules,
        mode,
        onRuleError,
        midstreamPickup,
        overlap,
        checksums,
        sandbox,
        keepFlows,
        workers,
        limits,
        logLevels,
        passMalformed,
        debug);
  }

  /** Returns these settings; packets whose headers are broken pass unseen by rules, or do not. */
  public RunSettings passingMalformed(boolean pass) {
    return new RunSettings(
        rules,
        mode,
        onRuleError,
        midstreamPickup,
        overlap,
        checksums,
        sandbox,
        keepFlows,
        workers,
        limits,
        logLevels,
        pass,
        debugLua);
  }

  TcpSettings tcp() {
    return new TcpSettings(checksums, TcpSettings.DEFAULTS.mtuBytes(), true);
  }

  TcpConnectionSettings connections() {
    return new TcpConnectionSettings(
        midstreamPickup,
        overlap,
        limits.stream(),
        limits.maxWaitingBytes(),
        limits.maxRetainedBytes(),
        limits.maxFlows(),
        TcpConnectionSettings.DEFAULTS.windowChecks(),
        limits.maxSentBytes(),
        limits.maxSentBytesInAll(),
        limits.maxEdits(),
        limits.timeouts());
  }
}
