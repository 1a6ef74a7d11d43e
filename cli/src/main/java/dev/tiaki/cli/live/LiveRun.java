package dev.tiaki.cli.live;

import dev.tiaki.cli.assembly.EngineErrors;
import dev.tiaki.cli.assembly.EngineWorker;
import dev.tiaki.cli.assembly.RuleReload;
import dev.tiaki.cli.assembly.RunOutputs;
import dev.tiaki.cli.assembly.RunResult;
import dev.tiaki.cli.assembly.RunSettings;
import dev.tiaki.cli.assembly.RunningEngine;
import dev.tiaki.cli.assembly.SharedState;
import dev.tiaki.cli.inline.DecidedFlows;
import dev.tiaki.cli.inline.TwiceTranslated;
import dev.tiaki.engine.alert.AlertIds;
import dev.tiaki.engine.flow.FlowKey;
import dev.tiaki.engine.worker.Counters;
import dev.tiaki.netfilter.conntrack.IpProtocol;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Guards live traffic until it is stopped.
 *
 * <p>Order of a start: while the workers load their rules, what a killed run left is removed; then
 * every worker takes its queue; then the kernel rules bring packets. Order of a stop: the kernel
 * rules go first, what waits in the queues is decided, flows end, marks are cleared.
 */
public final class LiveRun implements RunningEngine {
  /** Once a second. */
  private static final long LOOKS_AT_QUEUES = 1000 / Watchdog.LOOK_MILLIS;

  private final LiveSettings live;
  private final RunSettings settings;
  private final RunOutputs outputs;
  private final EngineErrors engineErrors;
  private final QueueRules rules;
  private final RuleReload reload;
  private final StartSteps steps;
  private final Counters seenFromOutside = new Counters();
  private final AlertIds alertIds = new AlertIds();
  private final DecidedFlows decisions = new DecidedFlows();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final LiveThreads threads = new LiveThreads();

  /**
   * Makes a run; nothing is opened yet.
   *
   * @param rules the kernel rules that bring packets to the queues
   * @param steps what the program does at the steps of the start
   */
  public LiveRun(
      LiveSettings live,
      RunSettings settings,
      RunOutputs outputs,
      EngineErrors engineErrors,
      QueueRules rules,
      StartSteps steps) {
    this.live = live;
    this.settings = settings;
    this.outputs = outputs;
    this.engineErrors = engineErrors;
    this.rules = rules;
    this.steps = steps;
    this.reload = new RuleReload(settings, outputs);
  }

  @Override
  public List<EngineWorker> workers() {
    return threads.engines();
  }

  @Override
  public List<String> reload() {
    return reload.of(workers());
  }

  @Override
  public void stop() {
    stop.countDown();
  }

  /**
   * Guards until {@link #stop}.
   *
   * @throws dev.tiaki.engine.rule.RuleFailure when a rule file cannot be loaded
   * @throws IOException when a queue cannot be taken, the kernel refuses, or a worker broke
   */
  public RunResult run() throws IOException {
    long start = System.nanoTime();
    LiveClock clock = new LiveClock();
    TwiceTranslated translated = new TwiceTranslated();
    SharedState shared = new SharedState(alertIds, engineErrors, this::stop);
    try (threads) {
      threads.begin(
          live.queues().count(),
          number ->
              new LiveThread(
                  number, live, settings, outputs, shared, clock, translated, decisions));
      rules.prepare();
      try (KernelTracking _ = KernelTracking.prepare(live.marks())) {
        serve(clock, translated);
      }
    }
    threads.rethrow();
    return result(System.nanoTime() - start);
  }

  private void serve(LiveClock clock, TwiceTranslated translated) throws IOException {
    try (threads; // ended before what is around them
        DecisionsTold _ = DecisionsTold.begin(decisions, outputs.log());
        LiveNotices notices = new LiveNotices(outputs, alertIds, clock);
        KernelFlowEvents _ = new KernelFlowEvents(translated, this::forgotten)) {
      threads.serve();
      guard(
          new QueueWatch(live, notices),
          new ClockWatch(LiveRun::wallNanos, clock::nanos, notices::log),
          new Watchdog(live, notices, seenFromOutside));
    }
  }

  private void forgotten(FlowKey flow) {
    decisions.forget(IpProtocol.TCP, flow);
    for (LiveWorker worker : threads.workers()) {
      worker.ask(engine -> engine.chain().connections().forgotten(flow));
    }
  }

  private static long wallNanos() {
    return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
  }

  private void guard(QueueWatch watch, ClockWatch clock, Watchdog watchdog) throws IOException {
    steps.beforePackets();
    if (stop.getCount() == 0) {
      return;
    }
    rules.install();
    try {
      steps.ready();
      for (long looks = 1; !stop.await(Watchdog.LOOK_MILLIS, TimeUnit.MILLISECONDS); looks++) {
        watchdog.look(threads.all());
        if (looks % LOOKS_AT_QUEUES == 0) {
          watch.look();
          clock.look();
        }
      }
      watch.look();
      watch.addTo(seenFromOutside);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      rules.remove();
    }
  }

  private RunResult result(long wallNanos) {
    Counters sum = new Counters();
    sum.addAll(seenFromOutside);
    threads.engines().forEach(engine -> sum.addAll(engine.counters()));
    return new RunResult(
        sum, 0, List.of(), engineErrors.count(), alertIds.issued(), 0, wallNanos, true);
  }
}
