package dev.tiaki.netfilter.nftables.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the ends of intervals to their beginnings. The kernel keeps an interval of one field as two
 * elements, and the end is the first key behind it; the last interval may have none.
 */
final class Intervals {
  private Intervals() {}

  static List<SetElement> of(List<ElementCodec.Listed> listed, KeyLayout layout) {
    List<ElementCodec.Listed> sorted = new ArrayList<>(listed);
    sorted.sort(
        Comparator.comparing(ElementCodec.Listed::key, Arrays::compareUnsigned)
            .thenComparing(one -> !one.isEnd()));
    List<SetElement> intervals = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      ElementCodec.Listed first = sorted.get(i);
      if (!first.isEnd()) {
        byte[] last = last(i + 1 < sorted.size() ? sorted.get(i + 1).key() : null, first.key());
        intervals.add(
            Arrays.equals(last, first.key())
                ? first.element()
                : first.element().upTo(layout.decode(last).toArray()));
      }
    }
    return intervals;
  }

  private static byte[] last(byte @Nullable [] behind, byte[] first) {
    byte[] last = behind == null ? new byte[first.length] : behind.clone();
    for (int i = last.length - 1; i >= 0; i--) {
      if (last[i]-- != 0) {
        break;
      }
    }
    return last;
  }
}
