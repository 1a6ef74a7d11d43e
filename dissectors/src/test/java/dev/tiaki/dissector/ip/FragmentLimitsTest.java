package dev.tiaki.dissector.ip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FragmentLimitsTest {
  @Test
  void the_defaults_differ_in_their_timeout() {
    assertThat(FragmentLimits.IPV4)
        .isEqualTo(new FragmentLimits(4096, 512, 16_777_216, Duration.ofSeconds(30)));
    assertThat(FragmentLimits.IPV6)
        .isEqualTo(new FragmentLimits(4096, 512, 16_777_216, Duration.ofSeconds(60)));
  }

  @Test
  void a_timeout_is_only_ever_made_longer() {
    Duration minute = Duration.ofMinutes(1);
    assertThat(FragmentLimits.IPV4.waitingAtLeast(minute))
        .isEqualTo(new FragmentLimits(4096, 512, 16_777_216, minute));
    assertThat(FragmentLimits.IPV6.waitingAtLeast(Duration.ofSeconds(1)))
        .isSameAs(FragmentLimits.IPV6);
  }

  @Test
  void limits_that_let_nothing_be_reassembled_are_refused() {
    Duration second = Duration.ofSeconds(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FragmentLimits(0, 2, 1, second))
        .withMessage("maxDatagrams=0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FragmentLimits(1, 1, 1, second))
        .withMessage("maxFragmentsPerDatagram=1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FragmentLimits(1, 2, 0, second))
        .withMessage("maxHeldBytes=0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FragmentLimits(1, 2, 1, Duration.ZERO))
        .withMessage("timeout=PT0S");
  }
}
