package dev.tiaki.cli.assembly;

import dev.tiaki.cli.eve.EveWriter;
import dev.tiaki.cli.output.ByteOutput;
import dev.tiaki.cli.streams.StreamFolder;
import dev.tiaki.engine.alert.AlertSink;
import dev.tiaki.engine.log.LogOutput;
import dev.tiaki.netfilter.conntrack.ReplayConntrack;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Where a run's results go. All of it may be used by several workers at once.
 *
 * @param standardOutput what rules print
 * @param log log lines
 * @param alerts alerts for people
 * @param colors whether rules may print colours
 * @param eve records for programs, or null
 * @param streams the bytes of TCP streams, or null
 * @param packets the packets that leave, or null
 * @param connections the table as the kernel would keep it, for one worker, or null
 * @param explain the packets that did not pass, for people, or null
 */
public record RunOutputs(
    ByteOutput standardOutput,
    LogOutput log,
    AlertSink alerts,
    boolean colors,
    @Nullable EveWriter eve,
    @Nullable StreamFolder streams,
    @Nullable PacketFile packets,
    @Nullable ReplayConntrack connections,
    @Nullable ByteOutput explain) {
  /** Returns outputs that explain nothing. */
  public RunOutputs(
      ByteOutput standardOutput,
      LogOutput log,
      AlertSink alerts,
      boolean colors,
      @Nullable EveWriter eve,
      @Nullable StreamFolder streams,
      @Nullable PacketFile packets,
      @Nullable ReplayConntrack connections) {
    this(standardOutput, log, alerts, colors, eve, streams, packets, connections, null);
  }

  /** Returns these with other ways for log lines and alerts. */
  public RunOutputs with(LogOutput otherLog, AlertSink otherAlerts) {
    return new RunOutputs(
        standardOutput, otherLog, otherAlerts, colors, eve, streams, packets, connections, explain);
  }

  /** Returns outputs that go nowhere. */
  public RunOutputs silent() {
    return new RunOutputs(
        new ByteOutput(OutputStream.nullOutputStream(), false),
        (section, level, message) -> {},
        alert -> {},
        false,
        null,
        null,
        null,
        null);
  }
}
