package dev.tiaki.engine.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SegmentQueueTest {
  private static final int BASE = 0xffff_fff8;

  private final SegmentQueue<Segment> first =
      new SegmentQueue<>(ReassemblyLimits.DEFAULTS, OverlapPolicy.FIRST);

  private static Segment segment(int offset, String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    return new Segment(BASE + offset, bytes, 0, bytes.length);
  }

  private static String deliver(SegmentQueue<Segment> queue, int from) {
    StringBuilder text = new StringBuilder();
    int next = BASE + from;
    for (Segment s = queue.poll(next); s != null; s = queue.poll(next)) {
      s.trimFrontTo(next);
      byte[] array = s.array();
      text.append(
          new String(array == null ? new byte[0] : array, s.offset(), s.length(), ISO_8859_1));
      next = s.end();
    }
    return text.toString();
  }

  @Test
  void segments_come_out_in_order_across_the_wrap() {
    first.offer(segment(10, "klm"), BASE);
    first.offer(segment(4, "efg"), BASE);
    first.offer(segment(7, "hij"), BASE);
    assertThat(first.poll(BASE)).isNull();
    assertThat(first.holes()).isEqualTo(1);
    assertThat(deliver(first, 4)).isEqualTo("efghijklm");
    assertThat(first.isEmpty()).isTrue();
    assertThat(first.bytes()).isZero();
  }

  @Test
  void the_same_segment_twice_waits_once() {
    assertThat(first.offer(segment(4, "efg"), BASE)).isEqualTo(QueueResult.QUEUED);
    assertThat(first.offer(segment(4, "efg"), BASE)).isEqualTo(QueueResult.DUPLICATE);
    assertThat(first.offer(segment(5, "f"), BASE)).isEqualTo(QueueResult.DUPLICATE);
    assertThat(first.overlapBytes()).isEqualTo(4);
    assertThat(first.conflictBytes()).isZero();
  }

  @Test
  void first_keeps_what_waits_and_counts_the_conflict() {
    first.offer(segment(4, "efgh"), BASE);
    first.offer(segment(2, "CDEFGHIJ"), BASE);
    assertThat(first.conflictBytes()).isEqualTo(4);
    assertThat(first.pollDisplaced()).isNotNull();
    assertThat(deliver(first, 2)).isEqualTo("CDefghIJ");
  }

  @Test
  void last_takes_what_comes_later() {
    SegmentQueue<Segment> last = new SegmentQueue<>(ReassemblyLimits.DEFAULTS, OverlapPolicy.LAST);
    last.offer(segment(4, "efgh"), BASE);
    assertThat(last.offer(segment(5, "FG"), BASE)).isEqualTo(QueueResult.DUPLICATE);
    assertThat(deliver(last, 4)).isEqualTo("eFGh");
  }

  @Test
  void bsd_prefers_the_segment_that_begins_first() {
    SegmentQueue<Segment> bsd = new SegmentQueue<>(ReassemblyLimits.DEFAULTS, OverlapPolicy.BSD);
    bsd.offer(segment(4, "efgh"), BASE);
    bsd.offer(segment(2, "CDEF"), BASE);
    bsd.offer(segment(6, "GHIJ"), BASE);
    assertThat(deliver(bsd, 2)).isEqualTo("CDEFghIJ");
  }

  @Test
  void linux_also_prefers_a_longer_one_that_begins_at_the_same_place() {
    SegmentQueue<Segment> linux =
        new SegmentQueue<>(ReassemblyLimits.DEFAULTS, OverlapPolicy.LINUX);
    linux.offer(segment(4, "ef"), BASE);
    linux.offer(segment(4, "EFGH"), BASE);
    assertThat(deliver(linux, 4)).isEqualTo("EFGH");
  }

  @Test
  void windows_needs_more_on_both_sides() {
    SegmentQueue<Segment> windows =
        new SegmentQueue<>(ReassemblyLimits.DEFAULTS, OverlapPolicy.WINDOWS);
    windows.offer(segment(4, "ef"), BASE);
    windows.offer(segment(2, "CDEF"), BASE);
    windows.offer(segment(8, "ij"), BASE);
    windows.offer(segment(7, "HIJK"), BASE);
    assertThat(deliver(windows, 2)).isEqualTo("CDef");
    assertThat(deliver(windows, 7)).isEqualTo("HIJK");
  }

  @Test
  void every_bound_has_a_name() {
    SegmentQueue<Segment> bounded =
        new SegmentQueue<>(new ReassemblyLimits(8, 2, 3, 100), OverlapPolicy.FIRST);
    assertThat(bounded.offer(segment(101, "x"), BASE)).isEqualTo(QueueResult.TOO_FAR);
    assertThat(bounded.offer(segment(2, "x"), BASE)).isEqualTo(QueueResult.QUEUED);
    assertThat(bounded.offer(segment(4, "x"), BASE)).isEqualTo(QueueResult.QUEUED);
    assertThat(bounded.offer(segment(6, "x"), BASE)).isEqualTo(QueueResult.TOO_MANY_HOLES);
    assertThat(bounded.poll(BASE + 2)).isNotNull();
    assertThat(bounded.offer(segment(5, "x"), BASE)).isEqualTo(QueueResult.QUEUED);
    assertThat(bounded.offer(segment(6, "x"), BASE)).isEqualTo(QueueResult.QUEUED);
    assertThat(bounded.offer(segment(7, "x"), BASE)).isEqualTo(QueueResult.TOO_MANY_SEGMENTS);
    assertThat(bounded.offer(segment(7, "123456"), BASE)).isEqualTo(QueueResult.TOO_MANY_BYTES);
  }

  @Test
  void random_segments_give_what_a_byte_map_gives() {
    for (int seed = 0; seed < 2000; seed++) {
      assertThat(mismatch(new Random(seed), OverlapPolicy.FIRST))
          .as("first, seed=%d", seed)
          .isEmpty();
      assertThat(mismatch(new Random(seed), OverlapPolicy.LAST))
          .as("last, seed=%d", seed)
          .isEmpty();
    }
  }

  private static String mismatch(Random random, OverlapPolicy policy) {
    SegmentQueue<Segment> queue = new SegmentQueue<>(ReassemblyLimits.DEFAULTS, policy);
    char[] model = new char[64];
    int delivered = 0;
    StringBuilder got = new StringBuilder();
    StringBuilder wanted = new StringBuilder();
    for (int step = 0; step < 60; step++) {
      int start = delivered + random.nextInt(30);
      int length = 1 + random.nextInt(8);
      StringBuilder text = new StringBuilder();
      for (int i = start; i < start + length; i++) {
        text.append((char) ('a' + random.nextInt(26)));
      }
      for (int i = start; i < Math.min(start + length, model.length); i++) {
        if (model[i] == 0 || policy == OverlapPolicy.LAST) {
          model[i] = text.charAt(i - start);
        }
      }
      String fitting = text.substring(0, Math.max(0, Math.min(length, model.length - start)));
      if (!fitting.isEmpty()) {
        queue.offer(segment(start, fitting), BASE + delivered);
      }
      got.append(deliver(queue, delivered));
      while (delivered < model.length && model[delivered] != 0) {
        wanted.append(model[delivered++]);
      }
    }
    return got.toString().contentEquals(wanted) ? "" : got + " instead of " + wanted;
  }
}
