package dev.tiaki.cli.control.view;

import dev.tiaki.cli.live.QueueRange;
import dev.tiaki.netfilter.netlink.NetworkNamespace;
import dev.tiaki.netfilter.queue.QueueStatistics;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kernel queue, as the kernel counts.
 *
 * @param number the queue
 * @param waiting how many packets wait for a verdict
 * @param full how many packets found it full
 * @param lost how many packets did not fit into the worker's memory for them
 * @param total how many packets came
 */
public record QueueRow(int number, long waiting, long full, long lost, long total) {
  /** Returns the queues of a range; none when the range is null or the kernel does not say. */
  public static List<QueueRow> all(@Nullable QueueRange range) {
    if (range == null) {
      return List.of();
    }
    try {
      return QueueStatistics.readAll(NetworkNamespace.own()).stream()
          .filter(queue -> range.contains(queue.number()))
          .map(queue ->
              new QueueRow(
                  queue.number(), queue.waiting(), queue.full(), queue.lost(), queue.total()))
          .toList();
    } catch (IOException unknown) {
      return List.of();
    }
  }
}
