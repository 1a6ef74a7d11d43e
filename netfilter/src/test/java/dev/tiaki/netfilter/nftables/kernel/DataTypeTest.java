package dev.tiaki.netfilter.nftables.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DataTypeTest {
  @Test
  void what_is_encoded_is_decoded() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      DataType type = DataType.values()[random.nextInt(DataType.values().length)];
      boolean isOrdered = random.nextBoolean();
      byte[] octets = new byte[type.bytes()];
      random.nextBytes(octets);
      Object value = type.decode(octets, isOrdered);
      if (type != DataType.INTERFACE_NAME) {
        assertThat(type.encode(value, isOrdered))
            .as("seed %d, %s %s", seed, type, value)
            .isEqualTo(octets);
      }
    }
  }

  @Test
  void fields_of_a_concatenation_are_filled_up_to_four_octets() {
    long number = (7 << 12) | (13 << 6) | 12;
    KeyLayout layout = KeyLayout.of(number, 12, false);
    List<Object> values = List.of(InetAddress.ofLiteral("10.0.0.1"), 22L, 6L);

    byte[] key = layout.encode(values);

    assertThat(key).containsExactly(10, 0, 0, 1, 0, 22, 0, 0, 6, 0, 0, 0);
    assertThat(layout.decode(key)).isEqualTo(values);
  }

  @Test
  void a_key_of_unknown_types_is_octets() {
    KeyLayout layout = KeyLayout.of(63, 3, false);

    assertThat(layout.types()).isEmpty();
    assertThat(layout.encode(List.of(new byte[] {1, 2, 3}))).containsExactly(1, 2, 3);
    assertThat(layout.decode(new byte[] {1, 2, 3})).isEqualTo(List.of("010203"));
  }
}
