package dev.tiaki.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Which hooks show enough of a connection to edit it. */
class HookTest {
  @Test
  void edits_need_both_directions() {
    assertThat(Arrays.stream(Hook.values()).filter(Hook::seesBothDirections))
        .containsExactlyInAnyOrder(Hook.FORWARD, Hook.PREROUTING);
  }
}
