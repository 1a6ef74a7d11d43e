package dev.tiaki.cli.live;

import dev.tiaki.engine.log.LogLevel;
import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.Counters;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether workers move, and switches one that does not to the fail policy.
 *
 * <p>Open: its queue is given back in its name, so that packets find nobody who serves it and pass;
 * those that wait are dropped, as some of them may have been decided about. Closed: nothing is done
 * to the queue, packets wait in it until it is full. A worker that moves again takes its queue back
 * by itself.
 *
 * <p>Time is counted in looks, not read from a clock: while the whole process is stopped or starved
 * nobody looks either, and nothing is stuck when it goes on.
 */
final class Watchdog {
  /** How often {@link #look} is to be called. */
  static final int LOOK_MILLIS = 250;

  private final LiveSettings settings;
  private final LiveNotices notices;
  private final Counter stuck;
  private final Counter unguarded;
  private final Watched[] workers;

  private static final class Watched {
    private long moves = -1;
    private int looksWithoutMove;
    private boolean isStuck;
  }

  Watchdog(LiveSettings settings, LiveNotices notices, Counters counters) {
    this.settings = settings;
    this.notices = notices;
    stuck = counters.counter("worker.stuck", "times that a worker was stuck");
    unguarded =
        counters.counter(
            "worker.unguardedMillis", "milliseconds that traffic of stuck workers passed unseen");
    workers = new Watched[settings.queues().count()];
    for (int i = 0; i < workers.length; i++) {
      workers[i] = new Watched();
    }
  }

  /** Looks at the workers, in the order of their queues. */
  void look(List<LiveThread> threads) {
    if (settings.watchdogSeconds() > 0) {
      for (int i = 0; i < threads.size(); i++) {
        look(i, threads.get(i).worker());
      }
    }
  }

  private void look(int number, @Nullable LiveWorker worker) {
    if (worker == null) {
      return;
    }
    Watched watched = workers[number];
    long moves = worker.moves();
    if (worker.isSuspended()) {
      unguarded.add(LOOK_MILLIS);
    } else if (moves != watched.moves) {
      watched.moves = moves;
      watched.looksWithoutMove = 0;
      recovered(number, watched);
    } else if (++watched.looksWithoutMove >= limit() && !watched.isStuck) {
      stuck(number, watched, worker);
    }
  }

  private long limit() {
    return TimeUnit.SECONDS.toMillis(settings.watchdogSeconds()) / LOOK_MILLIS;
  }

  private void stuck(int number, Watched watched, LiveWorker worker) {
    boolean open = settings.fail() == FailPolicy.OPEN;
    if (open && !worker.suspend(watched.moves)) {
      return;
    }
    watched.isStuck = true;
    stuck.increment();
    String fate = open ? "its traffic passes unguarded" : "its traffic is stopped";
    tell(
        LogLevel.ERROR,
        "high",
        "WORKER %d OF QUEUE %d IS STUCK for %d seconds: %s"
            .formatted(
                number, settings.queues().first() + number, settings.watchdogSeconds(), fate));
  }

  private void recovered(int number, Watched watched) {
    if (watched.isStuck) {
      watched.isStuck = false;
      tell(
          LogLevel.WARN,
          "medium",
          "worker %d of queue %d moves again: its traffic is guarded"
              .formatted(number, settings.queues().first() + number));
    }
  }

  private void tell(LogLevel level, String severity, String text) {
    notices.log(level, text);
    notices.alert(severity, text);
  }
}
