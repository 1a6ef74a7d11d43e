package dev.tiaki.cli.live;

import dev.tiaki.engine.log.LogLevel;
import dev.tiaki.engine.worker.Counters;
import dev.tiaki.netfilter.netlink.NetworkNamespace;
import dev.tiaki.netfilter.queue.QueueStatistics;
import java.io.IOException;
import java.util.List;

/**
 * Looks whether packets found a queue full, or did not fit into a worker's memory for them. They
 * met the fail policy then, unseen by any rule: that is counted, and worth an alert once a minute.
 *
 * <p>What passes a full queue by {@code --fail open} the kernel does not count: there it is counted
 * how often a look found a queue full.
 */
final class QueueWatch {
  private static final long MINUTE_NANOS = 60_000_000_000L;

  /** Where it is read what the kernel says about its queues. */
  @FunctionalInterface
  interface Source {
    List<QueueStatistics> read() throws IOException;
  }

  private final LiveSettings settings;
  private final LiveNotices notices;
  private final Source source;
  private boolean blind;
  private long full;
  private long lost;
  private long foundFull;
  private long alerted;
  private long lastAlertNanos = Long.MIN_VALUE;

  QueueWatch(LiveSettings settings, LiveNotices notices) {
    this(settings, notices, () -> QueueStatistics.readAll(NetworkNamespace.own()));
  }

  QueueWatch(LiveSettings settings, LiveNotices notices, Source source) {
    this.settings = settings;
    this.notices = notices;
    this.source = source;
  }

  /**
   * Looks; called about once a second and before the queues are given back. The kernel lets the
   * superuser alone read about queues, whatever capabilities others have: traffic is guarded
   * without it all the same.
   */
  void look() {
    if (blind) {
      return;
    }
    try {
      judge(source.read());
    } catch (IOException e) {
      blind = true;
      notices.log(
          LogLevel.WARN,
          "queues that overflow will not be noticed: cannot read /proc/net/netfilter/nfnetlink_queue,"
              + " as only root may");
    }
  }

  private void judge(List<QueueStatistics> queues) {
    long nowFull = 0;
    long nowLost = 0;
    for (QueueStatistics queue : queues) {
      if (settings.queues().contains(queue.number())) {
        nowFull += queue.full();
        nowLost += queue.lost();
        foundFull += isUncounted(queue) ? 1 : 0;
      }
    }
    full = Math.max(full, nowFull);
    lost = Math.max(lost, nowLost);
    long now = notices.nanos();
    if (full + lost + foundFull > alerted && now - MINUTE_NANOS > lastAlertNanos) {
      notices.alert("medium", overflow());
      alerted = full + lost + foundFull;
      lastAlertNanos = now;
    }
  }

  private boolean isUncounted(QueueStatistics queue) {
    return settings.fail() == FailPolicy.OPEN && queue.waiting() >= settings.queueLength();
  }

  private String overflow() {
    return settings.fail() == FailPolicy.OPEN
        ? "queue overflow: a queue is full, and what comes meanwhile passes; no rule sees it"
        : "queue overflow: " + (full + lost - alerted) + " packets were dropped, no rule saw them";
  }

  /** Adds what was seen to {@code counters}. */
  void addTo(Counters counters) {
    counters.counter("queue.full", "packets that found the queue full").add(full);
    counters.counter("queue.lost", "packets that did not fit into the queue's memory").add(lost);
    counters
        .counter("queue.foundFull", "times that a full queue let packets pass unseen")
        .add(foundFull);
  }
}
