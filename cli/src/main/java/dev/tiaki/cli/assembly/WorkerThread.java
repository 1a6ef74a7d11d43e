package dev.tiaki.cli.assembly;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jctools.queues.atomic.SpscAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * A worker on a thread of its own. The reader hands it batches of frames and gets them back empty;
 * both ways are queues with one writer and one reader.
 */
final class WorkerThread {
  /** Rules may recurse; the default of 1 MiB is too little for them. */
  private static final long STACK_BYTES = 64L << 20;

  private static final int BATCHES = 8;
  private static final int SPINS = 200;
  private static final long PAUSE_NANOS = 50_000;

  private final SpscAtomicArrayQueue<Object> work = new SpscAtomicArrayQueue<>(2 * BATCHES);
  private final SpscAtomicArrayQueue<FrameBatch> empty = new SpscAtomicArrayQueue<>(2 * BATCHES);
  private final Thread thread;
  private FrameBatch filling = new FrameBatch();
  private volatile @Nullable RuntimeException failure;
  private volatile boolean closing;
  private volatile @Nullable EngineWorker worker;

  /** Starts the thread, which makes its worker itself: a Lua state belongs to its thread. */
  WorkerThread(String name, Supplier<EngineWorker> maker) {
    for (int i = 1; i < BATCHES; i++) {
      empty.add(new FrameBatch());
    }
    thread = new Thread(null, () -> run(maker), name, STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
  }

  /** A piece of work other than frames, waited for by the reader. */
  private record Task(Consumer<EngineWorker> action, CountDownLatch done) {}

  private void run(Supplier<EngineWorker> maker) {
    EngineWorker made = null;
    try {
      made = maker.get();
      worker = made;
    } catch (RuntimeException e) {
      failure = e;
    }
    int idle = 0;
    while (!closing) {
      Object next = work.poll();
      if (next == null) {
        if (made != null) {
          made.mailbox().work();
        }
        pause(idle++);
      } else {
        idle = 0;
        perform(next, made);
      }
    }
  }

  private void perform(Object next, @Nullable EngineWorker on) {
    try {
      if (on != null && failure == null) {
        if (next instanceof FrameBatch batch) {
          on.process(batch);
        } else {
          ((Task) next).action.accept(on);
        }
      }
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      if (next instanceof FrameBatch batch) {
        batch.clear();
        empty.add(batch);
      } else {
        ((Task) next).done.countDown();
      }
    }
  }

  /** Returns the batch that is being filled. Called by the reader, as all that follows. */
  FrameBatch batch() {
    return filling;
  }

  /**
   * Hands the batch over, when there is anything in it, and takes an empty one.
   *
   * @throws RuntimeException what stopped the worker
   */
  void send() {
    if (filling.isEmpty()) {
      return;
    }
    hand(filling);
    FrameBatch next = empty.poll();
    for (int idle = 0; next == null; idle++) {
      pause(idle);
      next = empty.poll();
    }
    filling = next;
    rethrow();
  }

  /** Has the worker do {@code action} after everything handed over so far; wait for the latch. */
  CountDownLatch ask(Consumer<EngineWorker> action) {
    send();
    CountDownLatch done = new CountDownLatch(1);
    hand(new Task(action, done));
    return done;
  }

  private void hand(Object next) {
    for (int idle = 0; !work.offer(next); idle++) {
      pause(idle);
    }
  }

  /** Throws what stopped the worker, if anything did. */
  void rethrow() {
    RuntimeException stopped = failure;
    if (stopped != null) {
      throw stopped;
    }
  }

  /** Returns the worker, or null when it could not be made; after a task was waited for. */
  @Nullable EngineWorker worker() {
    return worker;
  }

  void close() {
    closing = true;
  }

  private static void pause(int idle) {
    if (idle < SPINS) {
      Thread.onSpinWait();
    } else {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
