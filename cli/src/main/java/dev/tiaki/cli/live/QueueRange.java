package dev.tiaki.cli.live;

/**
 * The kernel queues that are served, one worker each.
 *
 * @param first the first number, 0 to 65 535
 * @param last the last number
 */
public record QueueRange(int first, int last) {
  /** Refuses numbers that no queue has, and more than 256 of them. */
  public QueueRange {
    if (first < 0 || last < first || last > 0xffff || last - first > 255) {
      throw new IllegalArgumentException(
          "queue %d-%d: numbers are from 0 to 65535, the smaller first, 256 of them at most"
              .formatted(first, last));
    }
  }

  /**
   * Reads {@code N} or {@code N-M}.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static QueueRange of(String text) {
    if (!text.matches("\\d{1,5}(-\\d{1,5})?")) {
      throw new IllegalArgumentException("queue '" + text + "': must be N or N-M");
    }
    int dash = text.indexOf('-');
    int first = Integer.parseInt(dash < 0 ? text : text.substring(0, dash));
    return new QueueRange(first, dash < 0 ? first : Integer.parseInt(text.substring(dash + 1)));
  }

  /** Returns how many queues these are. */
  public int count() {
    return last - first + 1;
  }

  /** Tells whether a queue is one of these. */
  public boolean contains(int number) {
    return number >= first && number <= last;
  }

  /** Returns {@code N} or {@code N-M}. */
  @Override
  public String toString() {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }
}
