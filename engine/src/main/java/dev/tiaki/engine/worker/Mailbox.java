package dev.tiaki.engine.worker;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What other threads have a worker do between two packets.
 *
 * <p>A task runs on the worker's thread, in the order of asking, and may touch everything that
 * belongs to the worker. It has to be short, as packets wait meanwhile: who has to walk over many
 * flows asks again and again for a part of the way. Looking whether there is mail costs the worker
 * one read of memory per packet. The box is bounded; who asks too much is refused at once.
 *
 * <pre>{@code
 * int flows = mailbox.call(() -> chain.connections().connections(), 2, TimeUnit.SECONDS);
 * }</pre>
 */
public final class Mailbox {
  /** So many tasks may wait. */
  public static final int CAPACITY = 1024;

  private final ArrayBlockingQueue<Task<?>> tasks;
  private volatile Runnable wake = () -> {};
  private volatile boolean closed;
  private volatile boolean mail;

  /** Makes an empty box for {@value #CAPACITY} tasks. */
  public Mailbox() {
    this(CAPACITY);
  }

  /** Makes an empty box for so many tasks. */
  public Mailbox(int capacity) {
    tasks = new ArrayBlockingQueue<>(capacity);
  }

  private record Task<T>(Callable<T> work, CompletableFuture<T> result) {
    /** What nobody waits for any more is not begun. */
    void run() {
      if (result.isDone()) {
        return;
      }
      try {
        result.complete(work.call());
      } catch (Exception | StackOverflowError failure) {
        result.completeExceptionally(failure);
      }
    }

    void refuse() {
      result.completeExceptionally(ended());
    }
  }

  private static RejectedExecutionException ended() {
    return new RejectedExecutionException("the worker has ended");
  }

  /** Says how a worker that sleeps is woken; {@code waker} may be called by any thread. */
  public void wakeBy(Runnable waker) {
    wake = waker;
  }

  /**
   * Asks for a task; any thread.
   *
   * @return completes on the worker's thread, with {@link RejectedExecutionException} when the
   *     worker has ended; once it is cancelled or otherwise completed, the task is not begun
   * @throws RejectedExecutionException when too many tasks wait, or the worker has ended
   */
  public <T> CompletableFuture<T> ask(Callable<T> work) {
    Task<T> task = new Task<>(work, new CompletableFuture<>());
    if (closed) {
      throw ended();
    }
    if (!tasks.offer(task)) {
      throw new RejectedExecutionException("too many requests wait for the worker");
    }
    mail = true;
    wake.run();
    if (closed) {
      refuseAll();
    }
    return task.result();
  }

  /**
   * Asks for a task and waits for it; any thread but the worker's.
   *
   * @throws TimeoutException when it was not done in time; it is not begun any more
   * @throws ExecutionException what the task threw
   * @throws RejectedExecutionException when too many tasks wait, or the worker has ended
   * @throws InterruptedException when the calling thread is interrupted
   */
  public <T> T call(Callable<T> work, long timeout, TimeUnit unit)
      throws TimeoutException, ExecutionException, InterruptedException {
    CompletableFuture<T> result = ask(work);
    try {
      return result.get(timeout, unit);
    } catch (CancellationException | TimeoutException e) {
      result.cancel(false);
      throw new TimeoutException("the worker did not answer in time");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RejectedExecutionException refused) {
        throw refused;
      }
      throw e;
    }
  }

  /** Tells whether a task waits; any thread. */
  public boolean hasMail() {
    return mail;
  }

  /** Does what was asked for up to now; on the worker's thread, between two packets. */
  public void work() {
    if (!mail) {
      return;
    }
    mail = false;
    // what is asked for meanwhile comes after the next packet
    for (int count = tasks.size(); count > 0; count--) {
      Task<?> task = tasks.poll();
      if (task != null) {
        task.run();
      }
    }
    if (!tasks.isEmpty()) {
      mail = true;
    }
  }

  /** Refuses what waits and everything that is asked for from now on; the worker ends. */
  public void close() {
    closed = true;
    refuseAll();
  }

  private void refuseAll() {
    for (Task<?> task = tasks.poll(); task != null; task = tasks.poll()) {
      task.refuse();
    }
  }
}
