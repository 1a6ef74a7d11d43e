package dev.tiaki.bench.fuzz;

import dev.tiaki.cli.assembly.EngineWorker;
import dev.tiaki.cli.assembly.RunFeature;
import dev.tiaki.cli.assembly.RunLimits;
import dev.tiaki.cli.assembly.RunOutputs;
import dev.tiaki.cli.assembly.RunSettings;
import dev.tiaki.cli.assembly.SharedState;
import dev.tiaki.cli.assembly.WorkerEdge;
import dev.tiaki.cli.eve.EveWriter;
import dev.tiaki.cli.output.ByteOutput;
import dev.tiaki.cli.output.LogLevels;
import dev.tiaki.dissector.tcp.VerifyChecksums;
import dev.tiaki.engine.alert.AlertIds;
import dev.tiaki.engine.log.LogLevel;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Origin;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.packet.PacketOutput;
import dev.tiaki.engine.rule.OnRuleError;
import dev.tiaki.engine.stream.OverlapPolicy;
import dev.tiaki.engine.worker.Counters;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Frame;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A worker that enforces, with all protocols, rules and records, as {@code tiaki} puts it together.
 * It fails when the engine or a rule does, when a packet has no verdict in the end, and when
 * anything is left of connections that ended.
 */
final class FuzzedWorker {
  private final EngineWorker worker;
  private long frames;
  private final Map<Long, Frame> undecided = new TreeMap<>();
  private @Nullable Throwable defect;
  private @Nullable String complaint;

  FuzzedWorker(Path rules) throws IOException {
    RunOutputs outputs =
        new RunOutputs(
            new ByteOutput(OutputStream.nullOutputStream(), false),
            this::log,
            alert -> {},
            false,
            new EveWriter(OutputStream.nullOutputStream()),
            null,
            null,
            null);
    SharedState shared =
        new SharedState(new AlertIds(), (packet, failure) -> defect = failure, () -> {});
    worker = new EngineWorker(0, settings(rules), outputs, shared, new Edge());
    worker.loadRules();
    worker.start();
  }

  /** Counts the verdicts of packets that were captured. */
  private final class Edge implements WorkerEdge, PacketOutput {
    @Override
    public PacketOutput output(Counters counters) {
      return this;
    }

    @Override
    public void accepted(Packet packet) {
      count(packet);
    }

    @Override
    public void dropped(Packet packet, DropReason reason) {
      count(packet);
    }

    private void count(Packet packet) {
      if (packet.origin() == Origin.CAPTURED && undecided.remove(packet.number()) == null) {
        complaint = "a second verdict for packet " + packet.number();
      }
    }
  }

  private static RunSettings settings(Path rules) {
    return new RunSettings(
        List.of(rules),
        EngineMode.ENFORCE,
        OnRuleError.DROP,
        true,
        OverlapPolicy.FIRST,
        VerifyChecksums.NEVER,
        false,
        false,
        1,
        RunLimits.DEFAULTS,
        LogLevels.DEFAULT,
        Set.of(RunFeature.DETECT_HTTP));
  }

  private void log(String section, LogLevel level, String message) {
    if (level == LogLevel.ERROR || level == LogLevel.FATAL) {
      complaint = section + ": " + message;
    }
  }

  /** Has frames received; throws when something failed. */
  void receive(List<Frame> input) {
    for (Frame frame : input) {
      Packet packet = worker.acquire();
      byte[] bytes = frame.bytes();
      System.arraycopy(bytes, 0, packet.fill(bytes.length, bytes.length), 0, bytes.length);
      packet.describe(frame.linkType(), frame.nanos(), ++frames);
      undecided.put(frames, frame);
      worker.process(packet);
    }
    check();
  }

  private void check() {
    if (defect != null) {
      throw new FuzzFailure("the engine failed", defect);
    }
    if (complaint != null) {
      throw new FuzzFailure("it complains: " + complaint, null);
    }
  }

  /**
   * Ends all flows; throws when something of them is left. The rules begin anew, so that the next
   * batch does not depend on this one.
   */
  void endBatch() {
    worker.endFlows();
    check();
    int open =
        worker.chain().connections().connections() + worker.chain().datagrams().connections();
    if (open > 0) {
      throw new FuzzFailure(open + " flows are open after the end", null);
    }
    if (!undecided.isEmpty()) {
      StringBuilder text = new StringBuilder("no verdict for");
      undecided.forEach((number, frame) ->
          text.append(' ')
              .append(number)
              .append(' ')
              .append(HexFormat.of().formatHex(frame.bytes())));
      throw new FuzzFailure(text.toString(), null);
    }
    worker.reloadRules();
    worker.beginCapture("fuzz", 1);
  }

  /** Returns how many frames were received. */
  long frames() {
    return frames;
  }
}
