package dev.tiaki.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MailboxTest {
  private final Mailbox mailbox = new Mailbox(4);

  @Test
  void tasks_run_in_order_when_the_worker_looks() {
    List<String> done = new ArrayList<>();
    CompletableFuture<Boolean> first = mailbox.ask(() -> done.add("first"));
    CompletableFuture<Boolean> second = mailbox.ask(() -> done.add("second"));
    assertThat(mailbox.hasMail()).isTrue();
    assertThat(first).isNotDone();
    mailbox.work();
    assertThat(done).containsExactly("first", "second");
    assertThat(second).isCompletedWithValue(true);
    assertThat(mailbox.hasMail()).isFalse();
  }

  @Test
  void what_is_asked_for_by_a_task_comes_after_the_next_packet() {
    AtomicInteger done = new AtomicInteger();
    mailbox.ask(() -> mailbox.ask(done::incrementAndGet));
    mailbox.work();
    assertThat(done).hasValue(0);
    mailbox.work();
    assertThat(done).hasValue(1);
  }

  @Test
  void a_task_that_fails_tells_who_asked_and_harms_nobody_else() {
    CompletableFuture<Object> failing =
        mailbox.ask(() -> {
          throw new IllegalStateException("no");
        });
    CompletableFuture<Integer> other = mailbox.ask(() -> 7);
    mailbox.work();
    assertThat(failing).isCompletedExceptionally();
    assertThat(other).isCompletedWithValue(7);
  }

  @Test
  void a_full_box_refuses_at_once() {
    for (int i = 0; i < 4; i++) {
      mailbox.ask(() -> 0);
    }
    assertThatThrownBy(() -> mailbox.ask(() -> 0))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessage("too many requests wait for the worker");
  }

  @Test
  void who_waited_in_vain_is_told_and_the_task_is_not_begun_later() {
    AtomicInteger done = new AtomicInteger();
    assertThatThrownBy(() -> mailbox.call(done::incrementAndGet, 1, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class)
        .hasMessage("the worker did not answer in time");
    mailbox.work();
    assertThat(done).hasValue(0);
  }

  @Test
  void a_worker_that_ends_refuses_what_waits_and_what_comes() {
    CompletableFuture<Integer> waiting = mailbox.ask(() -> 1);
    mailbox.close();
    assertThat(waiting).isCompletedExceptionally();
    assertThatThrownBy(() -> mailbox.ask(() -> 1))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessage("the worker has ended");
  }

  @Test
  void a_sleeping_worker_is_woken() throws Exception {
    CountDownLatch asleep = new CountDownLatch(1);
    mailbox.wakeBy(asleep::countDown);
    Thread worker =
        Thread.ofPlatform()
            .start(() -> {
              try {
                asleep.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              mailbox.work();
            });
    Thread ran = mailbox.call(Thread::currentThread, 60, TimeUnit.SECONDS);
    assertThat(ran).isSameAs(worker);
    worker.join();
  }

  @Test
  void no_request_of_many_threads_is_lost_or_done_twice() throws Exception {
    AtomicLong sum = new AtomicLong();
    Thread worker =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              while (sum.get() < 8 * 1000) {
                mailbox.work();
                Thread.onSpinWait();
              }
            });
    List<Thread> asking = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      asking.add(Thread.ofVirtual().start(() -> askThousandTimes(sum)));
    }
    for (Thread thread : asking) {
      thread.join();
    }
    worker.join();
    assertThat(sum).hasValue(8 * 1000);
  }

  private void askThousandTimes(AtomicLong sum) {
    for (int i = 0; i < 1000; i++) {
      boolean done = false;
      while (!done) {
        try {
          mailbox.call(sum::incrementAndGet, 60, TimeUnit.SECONDS);
          done = true;
        } catch (RejectedExecutionException full) {
          Thread.onSpinWait();
        } catch (TimeoutException | ExecutionException | InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }
}
