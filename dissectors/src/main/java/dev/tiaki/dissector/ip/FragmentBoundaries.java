package dev.tiaki.dissector.ip;

import dev.tiaki.engine.buffer.VirtualBuffer;
import java.util.Arrays;

/**
 * Where the original fragments of a datagram end while its data is edited.
 *
 * <p>Bytes that were not edited keep their fragments, and inserted bytes go to the fragment they
 * were inserted in; at a boundary, to the one before it.
 */
final class FragmentBoundaries {
  private static final int UNIT_MASK = 7;

  private int[] ends;

  /** Takes where each fragment ends in the data, ascending; the last end is its length. */
  FragmentBoundaries(int[] ends) {
    this.ends = ends;
  }

  /**
   * Follows edits made in a buffer: what is left of the bytes of {@code before} says where the
   * boundaries have gone.
   *
   * @param start where the buffer's bytes start in the data; those in front stay
   */
  void follow(VirtualBuffer edited, byte[] before, int start) {
    if (start + edited.size() == before.length) {
      return;
    }
    int[] found = new int[ends.length];
    int[] behindEarlierBytes = new int[ends.length];
    Arrays.fill(found, -1);
    Arrays.fill(behindEarlierBytes, start);
    int[] position = {start};
    edited
        .all()
        .forEachRange((array, offset, length) -> {
          if (array == before) {
            locate(offset, length, position[0], found, behindEarlierBytes);
          }
          position[0] += length;
          return true;
        });
    for (int i = 0; i < ends.length; i++) {
      ends[i] = found[i] >= 0 ? found[i] : behindEarlierBytes[i];
    }
    settle(position[0]);
  }

  private void locate(int offset, int length, int position, int[] found, int[] behind) {
    for (int i = 0; i < ends.length; i++) {
      int end = ends[i];
      if (offset <= end && end < offset + length) {
        found[i] = position + end - offset;
      } else if (offset + length <= end) {
        behind[i] = position + length;
      }
    }
  }

  /** Follows an edit of which only the outcome is known; it is taken as one change. */
  void follow(byte[] before, byte[] after) {
    int common = Math.min(before.length, after.length);
    int suffix = commonSuffix(before, after, common);
    int prefix = commonPrefix(before, after, common - suffix);
    int changeEnd = before.length - suffix;
    int growth = after.length - before.length;
    for (int i = 0; i < ends.length; i++) {
      if (ends[i] >= changeEnd) {
        ends[i] += growth;
      } else if (ends[i] > prefix) {
        ends[i] = Math.min(ends[i], after.length - suffix);
      }
    }
    settle(after.length);
  }

  private void settle(int length) {
    int previous = 0;
    for (int i = 0; i < ends.length; i++) {
      previous = Math.max(previous, ends[i]);
      ends[i] = previous;
    }
    ends[ends.length - 1] = length;
  }

  /**
   * Returns the ends at which fragments can be cut: all but the last at a multiple of 8, the unit
   * of offsets. The bytes behind it open the following fragment.
   */
  int[] aligned() {
    int[] aligned = ends.clone();
    for (int i = 0; i < aligned.length - 1; i++) {
      aligned[i] &= ~UNIT_MASK;
    }
    return aligned;
  }

  private static int commonSuffix(byte[] before, byte[] after, int limit) {
    int count = 0;
    while (count < limit && before[before.length - 1 - count] == after[after.length - 1 - count]) {
      count++;
    }
    return count;
  }

  private static int commonPrefix(byte[] before, byte[] after, int limit) {
    int count = 0;
    while (count < limit && before[count] == after[count]) {
      count++;
    }
    return count;
  }
}
