package dev.tiaki.netfilter.nftables.check;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Intervals of one set that overlap, which nftables refuses. */
final class Overlaps {
  /**
   * An interval.
   *
   * @param low the lowest value
   * @param high the highest
   * @param item which element it is
   */
  private record Interval(BigInteger low, BigInteger high, int item) {}

  private Overlaps() {}

  /** Refuses the second of two elements that overlap; values alone may come twice. */
  static void refuse(List<Typed> keys, Pointer at) {
    List<Interval> intervals = new ArrayList<>(keys.size());
    boolean hasSpan = false;
    for (int i = 0; i < keys.size(); i++) {
      Interval interval = interval(keys.get(i), i);
      if (interval != null) {
        intervals.add(interval);
        hasSpan |= keys.get(i).isSpan();
      }
    }
    if (!hasSpan) {
      return;
    }
    intervals.sort(Comparator.comparing(Interval::low).thenComparing(Interval::high));
    for (int i = 1; i < intervals.size(); i++) {
      Interval before = intervals.get(i - 1);
      Interval interval = intervals.get(i);
      boolean isSame = before.low().equals(interval.low()) && before.high().equals(interval.high());
      if (interval.low().compareTo(before.high()) <= 0 && !isSame) {
        int item = Math.max(before.item(), interval.item());
        throw new Refusal(at.at(item), "the interval overlaps with another one");
      }
    }
  }

  private static @Nullable Interval interval(Typed key, int item) {
    BigInteger low = key.value();
    if (low == null) {
      return null;
    }
    BigInteger high = key.high();
    return new Interval(low, high == null ? low : high, item);
  }
}
