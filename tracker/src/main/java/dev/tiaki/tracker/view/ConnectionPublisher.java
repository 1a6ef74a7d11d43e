package dev.tiaki.tracker.view;

import dev.tiaki.tracker.ConnectionEvent;
import dev.tiaki.tracker.ConnectionTracker;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The changes of a tracker's list as a reactive stream. A subscriber that falls behind by more than
 * the buffer loses events, which are counted; connections never wait for it.
 */
public final class ConnectionPublisher implements Flow.Publisher<ConnectionEvent>, AutoCloseable {
  private final SubmissionPublisher<ConnectionEvent> publisher = new SubmissionPublisher<>();
  private final AtomicLong lost = new AtomicLong();
  private final ConnectionTracker.Subscription subscription;

  /** Starts to publish what happens to {@code tracker}. */
  public ConnectionPublisher(ConnectionTracker tracker) {
    subscription =
        tracker.observe(event ->
            publisher.offer(
                event,
                (subscriber, dropped) -> {
                  lost.incrementAndGet();
                  return false;
                }));
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ConnectionEvent> subscriber) {
    publisher.subscribe(subscriber);
  }

  /** Returns how many events slow subscribers have lost. */
  public long lost() {
    return lost.get();
  }

  @Override
  public void close() {
    subscription.close();
    publisher.close();
  }
}
