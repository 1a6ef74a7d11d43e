package dev.tiaki.cli.live;

import dev.tiaki.cli.assembly.EngineWorker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;

/** The threads of all workers of a run; any thread may ask. */
final class LiveThreads implements AutoCloseable {
  /** Less than a service manager waits before it kills. */
  private static final long MAX_DRAIN_NANOS = 5_000_000_000L;

  private final List<LiveThread> threads = new CopyOnWriteArrayList<>();

  /** Begins to load the rules on every thread; no queue is taken yet. */
  void begin(int count, IntFunction<LiveThread> maker) {
    for (int i = 0; i < count; i++) {
      LiveThread thread = maker.apply(i);
      threads.add(thread);
      thread.begin();
    }
  }

  /**
   * Takes every queue; returns when all are served.
   *
   * @throws IOException when one cannot be taken
   * @throws dev.tiaki.engine.rule.RuleFailure when a rule file cannot be loaded
   */
  void serve() throws IOException {
    threads.forEach(LiveThread::serve);
    for (LiveThread thread : threads) {
      thread.awaitService();
    }
  }

  /** Returns the threads, in the order of their numbers. */
  List<LiveThread> all() {
    return threads;
  }

  /** Returns the workers that have come to serve their queue. */
  List<LiveWorker> workers() {
    List<LiveWorker> workers = new ArrayList<>();
    for (LiveThread thread : threads) {
      LiveWorker worker = thread.worker();
      if (worker != null) {
        workers.add(worker);
      }
    }
    return workers;
  }

  /** Returns the engines of {@link #workers}. */
  List<EngineWorker> engines() {
    return workers().stream().map(LiveWorker::engine).toList();
  }

  /** Ends them when what waits in their queues is decided. */
  @Override
  public void close() {
    threads.forEach(LiveThread::drain);
    long deadlineNanos = System.nanoTime() + MAX_DRAIN_NANOS;
    for (LiveThread thread : threads) {
      thread.join(deadlineNanos);
    }
  }

  /** Throws what stopped one of them, if anything did. */
  void rethrow() throws IOException {
    for (LiveThread thread : threads) {
      thread.rethrow();
    }
  }
}
