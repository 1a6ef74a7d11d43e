package dev.tiaki.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimestampUnitTest {
  @Test
  void powers_of_ten_around_the_nanosecond() {
    assertThat(TimestampUnit.of(0, 0).nanos(3)).isEqualTo(3_000_000_000L);
    assertThat(TimestampUnit.of(6, 0).nanos(3)).isEqualTo(3_000);
    assertThat(TimestampUnit.of(9, 0).nanos(3)).isEqualTo(3);
    assertThat(TimestampUnit.of(12, 1).nanos(3_999)).isEqualTo(1_000_000_003L);
    assertThat(TimestampUnit.of(127, 0).nanos(-1)).isZero();
  }

  @Test
  void powers_of_two_equal_exact_arithmetic() {
    long seed = 20_261_121;
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      int exponent = random.nextInt(64);
      long units = random.nextLong() >>> random.nextInt(64);
      BigInteger exact =
          new BigInteger(Long.toUnsignedString(units))
              .multiply(BigInteger.valueOf(1_000_000_000))
              .shiftRight(exponent);
      assertThat(TimestampUnit.of(0x80 | exponent, 0).nanos(units))
          .as("seed %s: %s units of 2^-%s", seed, units, exponent)
          .isEqualTo(exact.longValue());
    }
  }

  @Test
  void only_units_below_a_microsecond_need_nanoseconds() {
    assertThat(TimestampUnit.of(6, 0).isFinerThanMicroseconds()).isFalse();
    assertThat(TimestampUnit.of(7, 0).isFinerThanMicroseconds()).isTrue();
    assertThat(TimestampUnit.of(0x80 | 19, 0).isFinerThanMicroseconds()).isFalse();
    assertThat(TimestampUnit.of(0x80 | 20, 0).isFinerThanMicroseconds()).isTrue();
  }
}
