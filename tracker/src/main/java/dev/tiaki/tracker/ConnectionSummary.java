package dev.tiaki.tracker;

import java.time.Duration;
import java.util.Collection;

/**
 * Several connections in five numbers.
 *
 * @param count how many
 * @param shortest the youngest one's age; zero when there is none
 * @param longest the oldest one's age; zero when there is none
 * @param readBytes all that was read
 * @param writtenBytes all that was written
 */
public record ConnectionSummary(
    int count, Duration shortest, Duration longest, long readBytes, long writtenBytes) {

  /** Sums {@code connections} up. */
  public static ConnectionSummary of(Collection<ConnectionInfo> connections) {
    Duration shortest = null;
    Duration longest = Duration.ZERO;
    long read = 0;
    long written = 0;
    for (ConnectionInfo each : connections) {
      Duration age = each.establishedFor();
      shortest = shortest == null || age.compareTo(shortest) < 0 ? age : shortest;
      longest = age.compareTo(longest) > 0 ? age : longest;
      read += each.readBytes();
      written += each.writtenBytes();
    }
    return new ConnectionSummary(
        connections.size(), shortest == null ? Duration.ZERO : shortest, longest, read, written);
  }
}
