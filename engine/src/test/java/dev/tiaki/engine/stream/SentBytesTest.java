package dev.tiaki.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SentBytesTest {
  @Test
  void what_was_sent_is_read_back_across_the_wrap_of_ring_and_numbers() {
    Random random = new Random(1);
    byte[] all = new byte[40_000];
    random.nextBytes(all);
    int origin = -20_000;
    SentBytes sent = new SentBytes(origin, 8192);
    for (int done = 0; done < all.length; ) {
      int length = Math.min(1 + random.nextInt(3000), all.length - done);
      sent.append(all, done, length);
      done += length;
      assertThat(sent.end()).isEqualTo(origin + done);
      int from = Math.max(sent.start(), sent.end() - 1 - random.nextInt(4000));
      byte[] read = new byte[sent.end() - from];
      sent.copy(from, sent.end(), read, 0);
      assertThat(read)
          .isEqualTo(java.util.Arrays.copyOfRange(all, from - origin, sent.end() - origin));
    }
    assertThat(sent.holds(sent.end() - 8192, sent.end())).isTrue();
    assertThat(sent.holds(sent.end() - 8193, sent.end())).isFalse();
  }

  @Test
  void a_piece_larger_than_the_bound_keeps_its_end() {
    byte[] all = new byte[5000];
    new Random(2).nextBytes(all);
    SentBytes sent = new SentBytes(0, 2048);
    sent.append(all, 0, all.length);
    byte[] read = new byte[2048];
    sent.copy(5000 - 2048, 5000, read, 0);
    assertThat(read).isEqualTo(java.util.Arrays.copyOfRange(all, 5000 - 2048, 5000));
  }

  @Test
  void acknowledged_bytes_are_forgotten_but_for_some() {
    SentBytes sent = new SentBytes(0, 8192);
    sent.append(new byte[5000], 0, 5000);
    sent.acknowledged(4000, 1000);
    assertThat(sent.start()).isEqualTo(3000);
    sent.acknowledged(5000, 0);
    assertThat(sent.holds(5000, 5000)).isTrue();
    assertThat(sent.holds(4999, 5000)).isFalse();
  }
}
