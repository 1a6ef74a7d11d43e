package dev.tiaki.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.cli.assembly.RunOutputs;
import dev.tiaki.cli.inline.MarkPlan;
import dev.tiaki.cli.output.ByteOutput;
import dev.tiaki.engine.alert.AlertIds;
import dev.tiaki.engine.worker.Counters;
import dev.tiaki.netfilter.queue.QueueStatistics;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class QueueWatchTest {
  private static final int LENGTH = 8;

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final LiveNotices notices =
      new LiveNotices(
          new RunOutputs(
              new ByteOutput(OutputStream.nullOutputStream(), false),
              (section, level, message) -> told.add(level + " " + message),
              alert -> told.add(alert.description()),
              false,
              null,
              null,
              null,
              null),
          new AlertIds(),
          new LiveClock());

  private QueueWatch watch(FailPolicy fail, QueueWatch.Source source) {
    LiveSettings settings =
        new LiveSettings(
            QueueRange.of("0-1"),
            Hook.FORWARD,
            fail,
            MarkPlan.DEFAULT,
            LENGTH,
            LiveSettings.DEFAULT_RECEIVE_BUFFER_BYTES,
            LiveSettings.DEFAULT_MTU_BYTES,
            0,
            null);
    return new QueueWatch(settings, notices, source);
  }

  private static QueueStatistics queue(int number, long waiting, long full, long lost) {
    return new QueueStatistics(number, 1, waiting, full, lost, 100);
  }

  @Test
  void what_the_kernel_counts_is_told_once_a_minute_and_counted_in_the_end() {
    QueueWatch watch =
        watch(
            FailPolicy.CLOSED,
            () -> List.of(queue(0, 8, 3, 1), queue(1, 0, 2, 0), queue(9, 8, 7, 7)));
    watch.look();
    watch.look();
    notices.close();
    assertThat(told).containsExactly("queue overflow: 6 packets were dropped, no rule saw them");
    Counters counters = new Counters();
    watch.addTo(counters);
    assertThat(counters.value("queue.full")).isEqualTo(5);
    assertThat(counters.value("queue.lost")).isEqualTo(1);
  }

  @Test
  void a_full_queue_that_lets_packets_pass_is_told_though_nothing_is_counted() {
    watch(FailPolicy.OPEN, () -> List.of(queue(0, LENGTH, 0, 0))).look();
    notices.close();
    assertThat(told)
        .containsExactly(
            "queue overflow: a queue is full, and what comes meanwhile passes; no rule sees it");
  }

  @Test
  void a_user_who_may_not_read_about_queues_is_told_so_once_and_goes_on() {
    QueueWatch watch =
        watch(
            FailPolicy.CLOSED,
            () -> {
              throw new IOException("/proc/thread-self/net/netfilter/nfnetlink_queue");
            });
    watch.look();
    watch.look();
    notices.close();
    assertThat(told)
        .singleElement()
        .asString()
        .startsWith("WARN queues that overflow will not be noticed");
  }
}
