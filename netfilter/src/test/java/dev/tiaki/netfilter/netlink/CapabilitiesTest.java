package dev.tiaki.netfilter.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines of a process's status, as the kernel prints them. */
class CapabilitiesTest {
  @Test
  void each_capability_is_a_bit() {
    Capabilities read =
        Capabilities.of(
            List.of("Name:\tjava", "CapEff:\t0000000000003000", "CapAmb:\t0000000000001000"));
    assertThat(read.has(Capabilities.NET_ADMIN)).isTrue();
    assertThat(read.has(Capabilities.NET_RAW)).isTrue();
    assertThat(read.has(0)).isFalse();
    assertThat(read.hands(Capabilities.NET_ADMIN)).isTrue();
    assertThat(read.hands(Capabilities.NET_RAW)).isFalse();
  }

  @Test
  void bits_count_up_to_the_highest() {
    assertThat(Capabilities.of(List.of("CapEff:\tffffffffffffffff")).has(63)).isTrue();
  }

  @Test
  void nothing_said_is_nothing_allowed() {
    assertThat(Capabilities.of(List.of("Name:\tjava"))).isEqualTo(new Capabilities(0, 0));
  }
}
