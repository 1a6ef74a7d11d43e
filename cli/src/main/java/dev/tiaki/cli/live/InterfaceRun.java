package dev.tiaki.cli.live;

import dev.tiaki.cli.assembly.EngineErrors;
import dev.tiaki.cli.assembly.EngineWorker;
import dev.tiaki.cli.assembly.RuleReload;
import dev.tiaki.cli.assembly.RunOutputs;
import dev.tiaki.cli.assembly.RunResult;
import dev.tiaki.cli.assembly.RunSettings;
import dev.tiaki.cli.assembly.RunningEngine;
import dev.tiaki.cli.assembly.SharedState;
import dev.tiaki.engine.alert.AlertIds;
import dev.tiaki.engine.libpcap.DeviceOptions;
import dev.tiaki.engine.libpcap.DeviceStatistics;
import dev.tiaki.engine.libpcap.Devices;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.worker.Counter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs rules over copies of what live interfaces carry, until it is stopped or no interface is
 * left. One worker: both directions of a flow may come by different interfaces.
 */
public final class InterfaceRun implements RunningEngine {
  private static final long WAIT_MILLIS = 20;

  private final List<String> interfaces;
  private final DeviceOptions options;
  private final RunSettings settings;
  private final RunOutputs outputs;
  private final EngineErrors engineErrors;
  private final Runnable ready;
  private final AlertIds alertIds = new AlertIds();
  private final List<String> failures = new ArrayList<>();
  private final RuleReload reload;
  private volatile @Nullable EngineWorker worker;
  private volatile boolean stopping;

  /**
   * Makes a run; nothing is opened yet.
   *
   * @param ready is called when frames are about to come
   */
  public InterfaceRun(
      List<String> interfaces,
      DeviceOptions options,
      RunSettings settings,
      RunOutputs outputs,
      EngineErrors engineErrors,
      Runnable ready) {
    this.interfaces = List.copyOf(interfaces);
    this.options = options;
    this.settings = settings;
    this.outputs = outputs;
    this.engineErrors = engineErrors;
    this.ready = ready;
    this.reload = new RuleReload(settings, outputs);
  }

  @Override
  public List<EngineWorker> workers() {
    EngineWorker begun = worker;
    return begun == null ? List.of() : List.of(begun);
  }

  @Override
  public List<String> reload() {
    return reload.of(workers());
  }

  @Override
  public void stop() {
    stopping = true;
  }

  /**
   * Watches until {@link #stop}, or until no interface is left.
   *
   * @throws dev.tiaki.engine.rule.RuleFailure when a rule file cannot be loaded
   * @throws IOException when an interface cannot be opened
   */
  public RunResult run() throws IOException {
    long start = System.nanoTime();
    SharedState shared = new SharedState(alertIds, engineErrors, this::stop);
    ObservingEdge edge = new ObservingEdge();
    EngineWorker engine = new EngineWorker(0, settings, outputs, shared, edge);
    edge.warnTo(engine.context().log().section("capture"));
    engine.loadRules();
    try (Devices devices = Devices.open(interfaces, options)) {
      engine.start();
      worker = engine;
      ready.run();
      watch(devices, engine, edge);
      report(devices, engine);
    }
    engine.endFlows();
    engine.close();
    return new RunResult(
        engine.counters(),
        0,
        List.copyOf(failures),
        engineErrors.count(),
        alertIds.issued(),
        engine.context().time().nanos(),
        System.nanoTime() - start,
        stopping);
  }

  private void watch(Devices devices, EngineWorker engine, ObservingEdge edge) throws IOException {
    Counter wouldDrop =
        engine.counters().counter("tcp.wouldDrop", "connections that would be dropped");
    LiveClock clock = new LiveClock();
    Packet packet = engine.acquire();
    try {
      while (!stopping && devices.isOpen()) {
        if (devices.next(packet, WAIT_MILLIS)) {
          packet.describe(packet.linkType(), clock.even(packet.timestampNanos()), packet.number());
          engine.process(packet);
          if (wouldDrop.value() > 0) {
            edge.contradict();
          }
          packet = engine.acquire();
        } else {
          engine.idle(clock.nanos());
        }
        String problem = devices.problem();
        if (problem != null) {
          failures.add(problem);
          engine.context().log().section("capture").error(problem);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      engine.context().packets().release(packet);
    }
  }

  private static void report(Devices devices, EngineWorker engine) {
    for (DeviceStatistics counted : devices.statistics()) {
      engine
          .context()
          .log()
          .section("capture")
          .info(
              "interface %s: %d received, %d dropped for lack of memory, %d dropped by it"
                  .formatted(
                      counted.device(),
                      counted.received(),
                      counted.dropped(),
                      counted.droppedByInterface()));
      engine
          .counters()
          .counter("interface.dropped", "frames lost before they were seen")
          .add(counted.dropped() + counted.droppedByInterface());
    }
  }
}
