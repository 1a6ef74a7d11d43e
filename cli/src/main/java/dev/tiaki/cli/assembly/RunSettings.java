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
import java.util.Set;

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
 * @param features what is done only when it was asked for
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
    Set<RunFeature> features) {
  /** Keeps its own copy of the list; there must be a worker. */
  public RunSettings {
    rules = List.copyOf(rules);
    features = Set.copyOf(features);
    if (workers < 1) {
      throw new IllegalArgumentException("workers=" + workers);
    }
  }

  /** Makes settings without any feature. */
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
        Set.of());
  }

  /** Returns these settings with these features. */
  public RunSettings with(Set<RunFeature> wanted) {
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
        wanted);
  }

  boolean has(RunFeature feature) {
    return features.contains(feature);
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
