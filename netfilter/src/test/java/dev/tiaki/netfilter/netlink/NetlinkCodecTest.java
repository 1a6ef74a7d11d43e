package dev.tiaki.netfilter.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NetlinkCodecTest {
  private final MemorySegment bytes = Arena.ofAuto().allocate(4096, 8);
  private final MessageWriter writer = new MessageWriter(bytes);
  private final NetlinkMessages messages = new NetlinkMessages(bytes);
  private final AttributeCursor cursor = new AttributeCursor();
  private final AttributeCursor inner = new AttributeCursor();

  @Test
  void what_is_written_is_read() {
    writer.begin(0x101, Netlink.REQUEST).netfilter(10, 1, 0x1234);
    writer.u8(1, 0xff).u16(2, 0xfffe).u32(3, 0xffff_fffdL).u64(4, -4L);
    long nest = writer.beginNest(5);
    writer.text(6, "ftp").octets(7, new byte[] {1, 2, 3});
    writer.endNest(nest);
    writer.end();
    messages.over(writer.size());
    assertThat(messages.next()).isTrue();
    assertThat(messages.type()).isEqualTo(0x101);
    assertThat(messages.family()).isEqualTo(10);
    assertThat(messages.resourceId()).isEqualTo(0x1234);
    messages.attributes(cursor);
    long[] expected = {0xff, 0xfffe, 0xffff_fffdL, -4};
    for (int type = 1; type <= 4; type++) {
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.type()).isEqualTo(type);
      assertThat(cursor.number()).isEqualTo(expected[type - 1]);
    }
    assertThat(cursor.next()).isTrue();
    assertThat(cursor.type()).isEqualTo(5);
    cursor.into(inner);
    assertThat(inner.next()).isTrue();
    assertThat(inner.text()).isEqualTo("ftp");
    assertThat(inner.next()).isTrue();
    assertThat(inner.octets()).containsExactly(1, 2, 3);
    assertThat(inner.octet(3)).isZero();
    assertThat(inner.next()).isFalse();
    assertThat(cursor.next()).isFalse();
    assertThat(messages.next()).isFalse();
  }

  @Test
  void several_messages_lie_behind_each_other() {
    for (int i = 0; i < 3; i++) {
      writer.begin(i, 0).netfilter(0, 0, 0).octets(1, new byte[i]).end();
    }
    messages.over(writer.size());
    for (int i = 0; i < 3; i++) {
      assertThat(messages.next()).isTrue();
      assertThat(messages.type()).isEqualTo(i);
    }
    assertThat(messages.next()).isFalse();
  }

  @Test
  void a_length_that_cannot_be_true_ends_the_walk() {
    writer.begin(1, 0).netfilter(0, 0, 0).u32(1, 5).end();
    bytes.set(ValueLayout.JAVA_SHORT, 20, (short) 3);
    messages.over(writer.size());
    messages.next();
    assertThat(messages.attributes(cursor).next()).isFalse();
    bytes.set(ValueLayout.JAVA_SHORT, 20, (short) 200);
    assertThat(messages.attributes(cursor).next()).isFalse();
    bytes.set(ValueLayout.JAVA_INT, 0, 15);
    messages.rewind();
    assertThat(messages.next()).isFalse();
  }

  @Test
  void no_bytes_lead_outside_of_them() {
    long seed = Long.getLong("tiaki.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      int length = random.nextInt(256);
      MemorySegment exact = MemorySegment.ofArray(new byte[length]);
      for (int i = 0; i < length; i++) {
        exact.set(
            ValueLayout.JAVA_BYTE, i, (byte) (random.nextInt(3) == 0 ? random.nextInt(40) : 0));
      }
      NetlinkMessages walk = new NetlinkMessages(exact);
      walk.over(length);
      assertThat(touchEverything(walk)).as("-Dtiaki.seed=%d", seed).isGreaterThanOrEqualTo(0);
    }
  }

  private int touchEverything(NetlinkMessages walk) {
    int touched = 0;
    while (walk.next()) {
      walk.family();
      walk.errno();
      walk.attributes(cursor);
      while (cursor.next()) {
        cursor.number();
        cursor.octet(0);
        cursor.text();
        cursor.into(inner);
        while (inner.next()) {
          inner.octets();
        }
        touched++;
      }
    }
    return touched;
  }
}
