package dev.tiaki.dissector.ip;

/**
 * Where the original fragments of a datagram end after its data was edited.
 *
 * <p>The edit is taken as one change: bytes in front of it and behind it keep their fragments,
 * inserted bytes go to the fragment they were inserted in (at a boundary, to the one before it).
 * Offsets count in units of 8 bytes, so a boundary that would fall between them moves down to the
 * next multiple of 8, and the bytes behind it open the following fragment.
 */
final class FragmentBoundaries {
  private static final int UNIT_MASK = 7;

  private FragmentBoundaries() {}

  /**
   * Moves the ends of fragments from the old data to the new.
   *
   * @param ends where each fragment ends in {@code before}, ascending; the last is its length
   * @return where each ends in {@code after}
   */
  static int[] move(int[] ends, byte[] before, byte[] after) {
    int common = Math.min(before.length, after.length);
    int suffix = commonSuffix(before, after, common);
    int prefix = commonPrefix(before, after, common - suffix);
    int changeEnd = before.length - suffix;
    int growth = after.length - before.length;
    int[] moved = new int[ends.length];
    int previous = 0;
    for (int i = 0; i < ends.length; i++) {
      int end = ends[i];
      if (end >= changeEnd) {
        end += growth;
      } else if (end > prefix) {
        end = Math.min(end, after.length - suffix);
      }
      boolean isLast = i == ends.length - 1;
      previous = isLast ? after.length : Math.max(previous, end & ~UNIT_MASK);
      moved[i] = previous;
    }
    return moved;
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
