package dev.tiaki.netfilter.queue;

import dev.tiaki.netfilter.netlink.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel says about a queue that somebody serves, a line of {@code
 * /proc/net/netfilter/nfnetlink_queue}.
 *
 * @param number the queue
 * @param portId the netlink port of who serves it
 * @param waiting how many packets wait for a verdict
 * @param full how many packets found the queue full
 * @param lost how many packets did not fit into the socket's memory
 * @param total how many packets came
 */
public record QueueStatistics(
    int number, long portId, long waiting, long full, long lost, long total) {
  private static final Path FILE = Path.of("/proc/thread-self/net/netfilter/nfnetlink_queue");

  /**
   * Reads about all queues of a namespace.
   *
   * @throws IOException when the kernel has no packet queues
   */
  public static List<QueueStatistics> readAll(NetworkNamespace namespace) throws IOException {
    return namespace.call(() -> {
      List<QueueStatistics> all = new ArrayList<>();
      for (String line : Files.readAllLines(FILE)) {
        String[] words = line.strip().split("\\s+", -1);
        if (words.length >= 8) {
          all.add(
              new QueueStatistics(
                  Integer.parseInt(words[0]),
                  Long.parseLong(words[1]),
                  Long.parseLong(words[2]),
                  Long.parseLong(words[5]),
                  Long.parseLong(words[6]),
                  Long.parseLong(words[7])));
        }
      }
      return all;
    });
  }

  /** Reads about one queue; null when nobody serves it. */
  public static @Nullable QueueStatistics read(NetworkNamespace namespace, int number)
      throws IOException {
    for (QueueStatistics queue : readAll(namespace)) {
      if (queue.number() == number) {
        return queue;
      }
    }
    return null;
  }
}
