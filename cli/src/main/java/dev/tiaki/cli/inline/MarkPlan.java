package dev.tiaki.cli.inline;

/**
 * The bits of packet marks and connection marks that belong to Tiaki; all others are left alone.
 *
 * <p>Three bits are used, the lowest three of the mask:
 *
 * <ul>
 *   <li>{@link #bypass} on a connection: its packets pass without being queued. On a packet that
 *       leaves the queue: the same is to be saved to its connection.
 *   <li>{@link #drop} on a connection: its packets are dropped before the queue.
 *   <li>{@link #skip} on a packet only: Tiaki made it itself, it is not queued again.
 * </ul>
 *
 * @param mask which bits may be used, at least three
 */
public record MarkPlan(int mask) {
  /** The bits 28, 29 and 30. */
  public static final MarkPlan DEFAULT = new MarkPlan(0x7000_0000);

  /** Refuses a mask of fewer than three bits. */
  public MarkPlan {
    if (Integer.bitCount(mask) < 3) {
      throw new IllegalArgumentException("mark-mask 0x%08x: must have three bits".formatted(mask));
    }
  }

  /** Returns the bit that lets a connection pass. */
  public int bypass() {
    return Integer.lowestOneBit(mask);
  }

  /** Returns the bit that drops a connection. */
  public int drop() {
    return Integer.lowestOneBit(mask & ~bypass());
  }

  /** Returns the bit of packets that are not to be queued. */
  public int skip() {
    return Integer.lowestOneBit(mask & ~bypass() & ~drop());
  }

  /** Returns all bits that are used: connections are cleared of them at start and stop. */
  public int used() {
    return bypass() | drop() | skip();
  }
}
