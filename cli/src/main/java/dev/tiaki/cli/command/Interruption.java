package dev.tiaki.cli.command;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes a signal (SIGINT, SIGTERM) a clean stop: the work is asked to end, and the program exits
 * with status 0 when it has written everything, 1 when it failed meanwhile.
 */
final class Interruption {
  private static final long PATIENCE_SECONDS = 20;

  private final CountDownLatch finished = new CountDownLatch(1);
  private final Runnable stop;
  private volatile @Nullable Exception failure;
  private final Thread hook = new Thread(this::signalled, "signal");

  private Interruption(Runnable stop) {
    this.stop = stop;
  }

  /**
   * Does {@code work}, which writes everything before it returns.
   *
   * @param stop asks the work to end; called by another thread, must not wait
   */
  static <T> T stopping(Runnable stop, Callable<T> work) throws Exception {
    Interruption interruption = new Interruption(stop);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    try {
      return work.call();
    } catch (Exception e) {
      interruption.failure = e;
      throw e;
    } finally {
      interruption.finished();
    }
  }

  private void signalled() {
    stop.run();
    boolean clean = false;
    try {
      clean = finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Exception failed = failure;
    if (failed != null) {
      System.err.println("tiaki: " + failed.getMessage()); // nobody else will get to say it
    }
    Runtime.getRuntime().halt(clean && failed == null ? ExitStatus.DONE : ExitStatus.FAILED);
  }

  /** A signal that came before ends the program now. */
  private void finished() {
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // the hook is about to halt the program
    }
  }
}
