package dev.tiaki.cli.live;

import dev.tiaki.cli.assembly.EngineWorker;
import dev.tiaki.cli.assembly.RunOutputs;
import dev.tiaki.cli.assembly.RunSettings;
import dev.tiaki.cli.assembly.SharedState;
import dev.tiaki.cli.inline.DecidedFlows;
import dev.tiaki.cli.inline.TwiceTranslated;
import dev.tiaki.engine.libpcap.BpfFilter;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The thread of one live worker, from its rule files to the end of its flows. */
final class LiveThread {
  /** Rules may recurse; the default of 1 MiB is too little for them. */
  private static final long STACK_BYTES = 64L << 20;

  private final int number;
  private final LiveSettings live;
  private final RunSettings settings;
  private final RunOutputs outputs;
  private final SharedState shared;
  private final LiveClock clock;
  private final TwiceTranslated translated;
  private final DecidedFlows decisions;
  private final Thread thread;
  private final CountDownLatch queueFree = new CountDownLatch(1);
  private final CountDownLatch serving = new CountDownLatch(1);
  private volatile boolean draining;
  private volatile @Nullable LiveWorker worker;
  private volatile @Nullable Throwable failure;

  LiveThread(
      int number,
      LiveSettings live,
      RunSettings settings,
      RunOutputs outputs,
      SharedState shared,
      LiveClock clock,
      TwiceTranslated translated,
      DecidedFlows decisions) {
    this.number = number;
    this.live = live;
    this.settings = settings;
    this.outputs = outputs;
    this.shared = shared;
    this.clock = clock;
    this.translated = translated;
    this.decisions = decisions;
    thread = new Thread(null, this::run, "worker-" + number, STACK_BYTES);
    thread.setDaemon(true);
  }

  /** Starts: the rules are loaded, the queue is left alone until {@link #serve}. */
  void begin() {
    thread.start();
  }

  /** Lets the thread take its queue when the rules are loaded. */
  void serve() {
    queueFree.countDown();
  }

  /**
   * Waits until the queue is served.
   *
   * @throws IOException when the queue cannot be taken
   * @throws dev.tiaki.engine.rule.RuleFailure when a rule file cannot be loaded
   */
  void awaitService() throws IOException {
    try {
      serving.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while starting", e);
    }
    rethrow();
  }

  private void run() {
    try (LiveEdge edge = LiveEdge.open(live, number, translated)) {
      EngineWorker engine = new EngineWorker(number, settings, outputs, shared, edge);
      engine.loadRules();
      LiveWorker made = new LiveWorker(engine, edge, clock, filter(), decisions);
      queueFree.await();
      if (!draining) {
        guard(edge, made);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException | Error e) {
      failure = e; // an error too: nobody would serve the queue any more
      shared.stop().run();
    } finally {
      serving.countDown();
    }
  }

  private void guard(LiveEdge edge, LiveWorker made) throws IOException {
    edge.queue().take();
    worker = made;
    made.engine().start();
    serving.countDown();
    while (!draining) {
      made.step();
    }
    made.drain();
    made.finish();
  }

  private @Nullable BpfFilter filter() throws IOException {
    return live.filter() == null ? null : BpfFilter.of(live.filter());
  }

  /** Returns the worker, or null when it could not be made. */
  @Nullable LiveWorker worker() {
    return worker;
  }

  /** Lets the thread end when everything that waits in its queue is decided; any thread. */
  void drain() {
    draining = true;
    queueFree.countDown();
  }

  /** Waits for the end of the thread until {@link System#nanoTime} is {@code deadlineNanos}. */
  void join(long deadlineNanos) {
    try {
      Duration left = Duration.ofNanos(Math.max(1, deadlineNanos - System.nanoTime()));
      if (!thread.join(left)) {
        failure = new IOException("worker " + number + " is stuck and was left behind");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Throws what stopped the worker, if anything did. */
  void rethrow() throws IOException {
    switch (failure) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Throwable e -> throw new IOException("worker " + number + ": " + e, e);
    }
  }
}
