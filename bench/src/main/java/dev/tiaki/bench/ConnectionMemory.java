package dev.tiaki.bench;

import dev.tiaki.cli.assembly.EngineWorker;
import dev.tiaki.cli.assembly.RunLimits;
import dev.tiaki.cli.assembly.RunOutputs;
import dev.tiaki.cli.assembly.RunSettings;
import dev.tiaki.cli.assembly.SharedState;
import dev.tiaki.cli.output.ByteOutput;
import dev.tiaki.cli.output.LogLevels;
import dev.tiaki.dissector.tcp.VerifyChecksums;
import dev.tiaki.engine.alert.AlertIds;
import dev.tiaki.engine.capture.CaptureReader;
import dev.tiaki.engine.packet.FrameSource;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.rule.OnRuleError;
import dev.tiaki.engine.stream.OverlapPolicy;
import dev.tiaki.engine.worker.EngineMode;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

/**
 * Measures what an open connection costs: heap and direct memory after a collection, with all
 * connections of a {@code c10k} load open, over the same engine without any.
 *
 * <p>Arguments: the load file, the number of packets after which all connections are open, the
 * number of connections, the rule file.
 */
public final class ConnectionMemory {
  private ConnectionMemory() {}

  /** Runs the measurement; see the class comment for the arguments. */
  public static void main(String[] args) throws IOException, InterruptedException {
    long packets = Long.parseLong(args[1]);
    int connections = Integer.parseInt(args[2]);
    EngineWorker worker = worker(Path.of(args[3]));
    worker.loadRules();
    worker.start();
    try (CaptureReader reader = CaptureReader.open(Path.of(args[0]))) {
      long empty = used();
      worker.run(first(packets, reader));
      long full = used();
      System.out.printf(
          "connections=%d open=%d bytes per connection=%d%n",
          connections, worker.counters().value("tcp.connections"), (full - empty) / connections);
    }
    worker.endFlows();
    worker.close();
  }

  private static EngineWorker worker(Path rules) {
    RunSettings settings =
        new RunSettings(
            List.of(rules),
            EngineMode.OBSERVE,
            OnRuleError.DROP,
            false,
            OverlapPolicy.FIRST,
            VerifyChecksums.AUTO,
            false,
            false,
            1,
            RunLimits.DEFAULTS,
            LogLevels.DEFAULT);
    ByteOutput output = new ByteOutput(OutputStream.nullOutputStream(), false);
    RunOutputs outputs =
        new RunOutputs(
            output, (section, level, message) -> {}, alert -> {}, false, null, null, null, null);
    SharedState shared = new SharedState(new AlertIds(), (packet, defect) -> {}, () -> {});
    return new EngineWorker(0, settings, outputs, shared);
  }

  private static FrameSource first(long count, CaptureReader reader) {
    return new FrameSource() {
      private long left = count;

      @Override
      public boolean next(Packet packet) throws IOException {
        return left-- > 0 && reader.next(packet);
      }

      @Override
      public void close() {}
    };
  }

  /** Heap and direct memory in use after a full collection. */
  private static long used() throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      Thread.sleep(200);
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    long direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return least + direct;
  }
}
