package dev.tiaki.cli.ctl;

import dev.tiaki.cli.assembly.EngineWorker;
import dev.tiaki.cli.assembly.RuleReload;
import dev.tiaki.cli.assembly.RunLimits;
import dev.tiaki.cli.assembly.RunOutputs;
import dev.tiaki.cli.assembly.RunSettings;
import dev.tiaki.cli.assembly.RunningEngine;
import dev.tiaki.cli.assembly.SharedState;
import dev.tiaki.cli.control.ControlServer;
import dev.tiaki.cli.control.ControlSettings;
import dev.tiaki.cli.control.event.EventHub;
import dev.tiaki.cli.control.view.Subject;
import dev.tiaki.cli.output.ByteOutput;
import dev.tiaki.cli.output.LogLevels;
import dev.tiaki.dissector.tcp.VerifyChecksums;
import dev.tiaki.engine.alert.AlertIds;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.rule.OnRuleError;
import dev.tiaki.engine.stream.OverlapPolicy;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Frame;
import dev.tiaki.traffic.Trace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/**
 * An engine with two workers and the control API, that has processed a capture, all of it on worker
 * 0, and waits for what it is asked.
 */
final class WaitingEngine implements RunningEngine, AutoCloseable {
  private static final long STACK_BYTES = 64L << 20;

  private final Path socket;
  private final RunSettings settings;
  private final RunOutputs outputs;
  private final List<EngineWorker> workers = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final EventHub hub = new EventHub();
  private final CountDownLatch stop = new CountDownLatch(1);
  private ControlServer server;

  private WaitingEngine(Path folder, Path rules) {
    socket = folder.resolve("control.sock");
    settings =
        new RunSettings(
            List.of(rules),
            EngineMode.ENFORCE,
            OnRuleError.DROP,
            false,
            OverlapPolicy.FIRST,
            VerifyChecksums.AUTO,
            false,
            true,
            2,
            RunLimits.DEFAULTS,
            LogLevels.DEFAULT);
    outputs =
        new RunOutputs(
            new ByteOutput(printed, true),
            hub.around((section, level, message) -> log.add(section + ": " + message)),
            hub.around(alert -> {}),
            false,
            null,
            null,
            null,
            null);
  }

  /** Starts it over {@code rules.lua}, which is written first. */
  static WaitingEngine start(Path folder, String rules, Trace trace)
      throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("rules.lua"), rules);
    WaitingEngine engine = new WaitingEngine(folder, file);
    SharedState shared = new SharedState(new AlertIds(), (packet, defect) -> {}, engine::stop);
    for (int number = 0; number < 2; number++) {
      engine.begin(number, shared, number == 0 ? trace.frames() : List.of());
    }
    engine.serve(file);
    return engine;
  }

  /** A Lua state belongs to the thread that made it. */
  private void begin(int number, SharedState shared, List<Frame> frames)
      throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    Thread thread =
        new Thread(
            null, () -> work(number, shared, frames, begun), "worker-" + number, STACK_BYTES);
    threads.add(thread);
    thread.start();
    begun.await();
  }

  private void work(int number, SharedState shared, List<Frame> frames, CountDownLatch begun) {
    Semaphore mail = new Semaphore(0);
    EngineWorker worker;
    try {
      worker = new EngineWorker(number, settings, outputs, shared);
      worker.loadRules();
      worker.start();
      worker.mailbox().wakeBy(mail::release);
      long rank = 0;
      for (Frame frame : frames) {
        worker.process(packet(worker, frame, ++rank));
      }
      workers.add(worker);
    } finally {
      begun.countDown();
    }
    while (stop.getCount() > 0) {
      mail.acquireUninterruptibly();
      worker.mailbox().work();
    }
  }

  private static Packet packet(EngineWorker worker, Frame frame, long rank) {
    Packet packet = worker.acquire();
    byte[] bytes = frame.bytes();
    System.arraycopy(bytes, 0, packet.fill(bytes.length, bytes.length), 0, bytes.length);
    packet.describe(frame.linkType(), frame.nanos(), rank);
    return packet;
  }

  private void serve(Path rules) throws IOException {
    server =
        ControlServer.open(
            new ControlSettings(socket, true, null, null),
            new Subject(
                this,
                "run",
                "0.0.0",
                List.of("a test"),
                true,
                List.of(rules),
                null,
                false,
                Instant.now()),
            hub);
  }

  @Override
  public List<EngineWorker> workers() {
    return workers;
  }

  @Override
  public List<String> reload() {
    return new RuleReload(settings, outputs).of(workers);
  }

  @Override
  public void stop() {
    stop.countDown();
  }

  boolean isStopping() {
    return stop.getCount() == 0;
  }

  ControlClient client() {
    return new ControlClient(socket);
  }

  Path socket() {
    return socket;
  }

  /** Returns what it logged and printed so far. */
  String log() {
    return String.join("\n", log) + "\n" + printed.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    server.close();
    stop.countDown();
    for (EngineWorker worker : workers) {
      var _ = worker.mailbox().ask(() -> true); // wakes it
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
