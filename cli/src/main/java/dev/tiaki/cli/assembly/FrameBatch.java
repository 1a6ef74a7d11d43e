package dev.tiaki.cli.assembly;

import dev.tiaki.engine.packet.LinkType;
import dev.tiaki.engine.packet.Packet;
import java.util.Arrays;

/**
 * Some frames on their way from the reader to a worker, one behind the other in one array. Used
 * again and again; owned by the thread that holds it.
 */
final class FrameBatch {
  private static final int MAX_FRAMES = 256;
  private static final int FULL_BYTES = 192 << 10;

  private byte[] bytes = new byte[FULL_BYTES + (64 << 10)];
  private final int[] starts = new int[MAX_FRAMES + 1];
  private final int[] originalLengths = new int[MAX_FRAMES];
  private final long[] times = new long[MAX_FRAMES];
  private final long[] numbers = new long[MAX_FRAMES];
  private final LinkType[] linkTypes = new LinkType[MAX_FRAMES];
  private int count;
  private boolean last;

  /** Appends a copy of the frame in {@code packet}. */
  void add(Packet packet) {
    int start = starts[count];
    int end = start + packet.length();
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
    }
    System.arraycopy(packet.array(), 0, bytes, start, packet.length());
    originalLengths[count] = packet.originalLength();
    times[count] = packet.timestampNanos();
    numbers[count] = packet.number();
    linkTypes[count] = packet.linkType();
    count++;
    starts[count] = end;
  }

  boolean isFull() {
    return count == MAX_FRAMES || starts[count] >= FULL_BYTES;
  }

  boolean isEmpty() {
    return count == 0;
  }

  int count() {
    return count;
  }

  /** Says that no more frames of this capture follow for the worker. */
  void markLast() {
    last = true;
  }

  boolean isLast() {
    return last;
  }

  /** Fills {@code packet} with the frame {@code i}. */
  void copyTo(int i, Packet packet) {
    int length = starts[i + 1] - starts[i];
    System.arraycopy(bytes, starts[i], packet.fill(length, originalLengths[i]), 0, length);
    packet.describe(linkTypes[i], times[i], numbers[i]);
  }

  void clear() {
    count = 0;
    last = false;
  }
}
