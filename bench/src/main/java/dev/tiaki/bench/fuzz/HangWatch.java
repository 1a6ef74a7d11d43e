package dev.tiaki.bench.fuzz;

import java.time.Duration;

/** Ends the program when one input takes far too long, and says which. */
final class HangWatch implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int STATUS = 3;

  private final Thread thread;

  HangWatch(FuzzTarget target, FuzzRun run) {
    Thread worker = Thread.currentThread();
    thread =
        Thread.ofPlatform().daemon().name("hang-watch").start(() -> watch(target, run, worker));
  }

  private static void watch(FuzzTarget target, FuzzRun run, Thread worker) {
    long last = -1;
    while (!Thread.currentThread().isInterrupted()) {
      long now = run.current();
      if (now == last) {
        System.err.println(target.word() + ": input " + now + " hangs:");
        for (StackTraceElement frame : worker.getStackTrace()) {
          System.err.println("  at " + frame);
        }
        Runtime.getRuntime().halt(STATUS);
      }
      last = now;
      try {
        Thread.sleep(PATIENCE);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
