package dev.tiaki.engine.buffer;

import static dev.tiaki.engine.buffer.Texts.chunks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers and bit fields in ranges. */
class ByteNumbersTest {
  @ParameterizedTest
  @CsvSource({
    "1, 255, 255",
    "2, 65281, 511",
    "4, -16711165, 50463231",
    "8, -71773907085621753, 506097522914230783"
  })
  void numbers_are_read_in_both_orders(int size, long big, long little) {
    SubBuffer range =
        chunks("\u00ff\u0001", "\u0002\u0003\u0004\u0005", "\u0006\u0007").sub(0, size);
    assertThat(range.asNumber(false)).isEqualTo(big);
    assertThat(range.asNumber(true)).isEqualTo(little);
  }

  @Test
  void other_sizes_are_refused() {
    SubBuffer three = VirtualBuffer.allocate(3).all();
    assertThatThrownBy(() -> three.asNumber(false)).hasMessage("asnumber: unsupported size 3");
    assertThatThrownBy(() -> three.setNumber(1, false)).hasMessage("setnumber: unsupported size 3");
  }

  @ParameterizedTest
  @CsvSource({"1, 200", "1, -1", "2, 65535", "4, 4294967295", "4, -5", "8, -9000000000"})
  void numbers_are_written_in_both_orders(int size, long value) {
    for (boolean little : new boolean[] {false, true}) {
      SubBuffer range = VirtualBuffer.allocate(size).all();
      range.setNumber(value, little);
      long mask = size == 8 ? -1 : (1L << (8 * size)) - 1;
      assertThat(range.asNumber(little) & mask).isEqualTo(value & mask);
    }
  }

  @Test
  void a_number_that_does_not_fit_is_refused() {
    VirtualBuffer buffer = VirtualBuffer.allocate(2);
    assertThatThrownBy(() -> buffer.sub(0, 1).setNumber(256, false))
        .hasMessage("setnumber: invalid number, value does not fit in 1 bytes");
    assertThatThrownBy(() -> buffer.all().setNumber(-65536, false))
        .hasMessage("setnumber: invalid number, value does not fit in 2 bytes");
    assertThat(buffer.isModified()).isFalse();
  }

  @Test
  void bits_outside_the_range_are_refused() {
    SubBuffer empty = VirtualBuffer.empty().all();
    SubBuffer two = VirtualBuffer.allocate(2).all();
    SubBuffer ten = VirtualBuffer.allocate(10).all();
    assertThatThrownBy(() -> empty.asBits(8, 6, false)).hasMessage("asbits: invalid bit offset");
    assertThatThrownBy(() -> empty.setBits(8, 6, 0, false))
        .hasMessage("setbits: invalid bit offset");
    assertThatThrownBy(() -> two.asBits(12, 24, false)).hasMessage("asbits: invalid bit size");
    assertThatThrownBy(() -> two.setBits(12, 24, 0, false)).hasMessage("setbits: invalid bit size");
    assertThatThrownBy(() -> ten.asBits(60, 8, false)).hasMessage("asbits: unsupported size");
    assertThatThrownBy(() -> ten.setBits(60, 8, 0, false)).hasMessage("setbits: unsupported size");
    assertThatThrownBy(() -> ten.setBits(0, 65, 0, false))
        .hasMessage("setbits: unsupported size 65");
    assertThatThrownBy(() -> ten.setBits(0, 3, 8, false))
        .hasMessage("setbits: invalid number, value does not fit in 3 bits");
  }

  @Test
  void bits_agree_with_a_naive_reading() {
    Random random = new Random(7);
    for (int round = 0; round < 5_000; round++) {
      byte[] bytes = new byte[8];
      random.nextBytes(bytes);
      int offset = random.nextInt(64);
      int count = 1 + random.nextInt(64 - offset);
      long value = random.nextLong() & naiveMask(count);
      for (boolean little : new boolean[] {false, true}) {
        VirtualBuffer buffer = VirtualBuffer.of(bytes.clone());
        buffer.position(random.nextInt(9)).split();
        SubBuffer range = buffer.all();
        assertThat(range.asBits(offset, count, little))
            .isEqualTo(naive(bytes, offset, count, little));
        range.setBits(offset, count, value, little);
        assertThat(range.asBits(offset, count, little)).isEqualTo(value);
        assertThat(naive(range.toByteArray(), offset, count, little)).isEqualTo(value);
        if (offset > 0) {
          assertThat(range.asBits(0, offset, little)).isEqualTo(naive(bytes, 0, offset, little));
        }
      }
    }
  }

  private static long naiveMask(int count) {
    return BigInteger.ONE.shiftLeft(count).subtract(BigInteger.ONE).longValue();
  }

  private static long naive(byte[] bytes, int offset, int count, boolean little) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      int bit = offset + i;
      if (little) {
        value |= (long) (bytes[bit / 8] >> (bit % 8) & 1) << i;
      } else {
        value = value << 1 | (bytes[bit / 8] >> (7 - bit % 8) & 1);
      }
    }
    return value;
  }
}
