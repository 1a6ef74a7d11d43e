package dev.tiaki.cli.live;

import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.alert.AlertContext;
import dev.tiaki.engine.alert.AlertIds;
import dev.tiaki.engine.alert.AlertSink;
import dev.tiaki.engine.worker.Counters;
import dev.tiaki.netfilter.netlink.NetworkNamespace;
import dev.tiaki.netfilter.queue.QueueStatistics;
import java.io.IOException;
import java.util.List;

/**
 * Looks whether packets found a queue full, or did not fit into a worker's memory for them. They
 * met the fail policy then, unseen by any rule: that is counted, and worth an alert once a minute.
 */
final class QueueWatch {
  private static final long MINUTE_NANOS = 60_000_000_000L;

  private final LiveSettings settings;
  private final AlertSink alerts;
  private final AlertIds ids;
  private final LiveClock clock;
  private long full;
  private long lost;
  private long alerted;
  private long lastAlertNanos = Long.MIN_VALUE;

  QueueWatch(LiveSettings settings, AlertSink alerts, AlertIds ids, LiveClock clock) {
    this.settings = settings;
    this.alerts = alerts;
    this.ids = ids;
    this.clock = clock;
  }

  /** Looks; called about once a second and before the queues are given back. */
  void look() throws IOException {
    long nowFull = 0;
    long nowLost = 0;
    for (QueueStatistics queue : QueueStatistics.readAll(NetworkNamespace.own())) {
      QueueRange ours = settings.queues();
      if (queue.number() >= ours.first() && queue.number() <= ours.last()) {
        nowFull += queue.full();
        nowLost += queue.lost();
      }
    }
    full = Math.max(full, nowFull);
    lost = Math.max(lost, nowLost);
    long now = clock.nanos();
    if (full + lost > alerted && now - MINUTE_NANOS > lastAlertNanos) {
      alert(now, full + lost - alerted);
      alerted = full + lost;
      lastAlertNanos = now;
    }
  }

  private void alert(long now, long packets) {
    String fate = settings.fail() == FailPolicy.OPEN ? "passed unseen" : "were dropped";
    alerts.post(
        new Alert(
            ids.next(),
            false,
            now,
            null,
            null,
            "medium",
            null,
            null,
            "queue overflow: " + packets + " packets " + fate + ", no rule saw them",
            null,
            List.of(),
            List.of(),
            List.of(),
            AlertContext.NONE));
  }

  /** Adds what was seen to {@code counters}. */
  void addTo(Counters counters) {
    counters.counter("queue.full", "packets that found the queue full").add(full);
    counters.counter("queue.lost", "packets that did not fit into the queue's memory").add(lost);
  }
}
