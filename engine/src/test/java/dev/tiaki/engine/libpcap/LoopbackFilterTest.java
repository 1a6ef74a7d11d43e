package dev.tiaki.engine.libpcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.LinkType;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.packet.PacketOutput;
import dev.tiaki.engine.packet.PacketPool;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters over BSD's loopback as it was captured on systems other than this one. */
class LoopbackFilterTest {
  /** A TCP SYN from port 1000 to port 80 without a link header. */
  private static final String TCP = "03e80050000000010000000050022000" + "00000000";

  private static final String IPV4 = "4500002800010000400600000a0000010a000002" + TCP;
  private static final String IPV6 =
      "6000000000140640"
          + "20010db8000000000000000000000001"
          + "20010db8000000000000000000000002"
          + TCP;

  @BeforeEach
  void needLibpcap() {
    try {
      BpfFilter.of("tcp");
    } catch (IOException e) {
      if (System.getenv("CI") != null) {
        fail("CI runs every test, but " + e.getMessage());
      }
      Assumptions.abort("skipped: " + e.getMessage());
    }
  }

  private static final PacketOutput NOWHERE =
      new PacketOutput() {
        @Override
        public void accepted(Packet packet) {}

        @Override
        public void dropped(Packet packet, DropReason reason) {}
      };

  private static boolean passes(String expression, LinkType link, String frame) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(frame);
    Packet packet = new PacketPool(NOWHERE).acquire();
    System.arraycopy(bytes, 0, packet.fill(bytes.length, bytes.length), 0, bytes.length);
    packet.describe(link, 0, 1);
    return BpfFilter.of(expression).matches(packet);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0a000000",
        "17000000",
        "18000000",
        "1c000000",
        "1e000000",
        "0000001e",
        "0000001c",
        "0000000a"
      })
  void ipv6_is_known_by_the_number_of_every_system_in_both_orders(String family) throws Exception {
    for (LinkType link : List.of(LinkType.NULL, LinkType.LOOP)) {
      assertThat(passes("ip6", link, family + IPV6)).isTrue();
      assertThat(passes("ip6 and tcp dst port 80", link, family + IPV6)).isTrue();
      assertThat(passes("tcp dst port 81", link, family + IPV6)).isFalse();
      assertThat(passes("not ip6", link, family + IPV6)).isFalse();
      assertThat(passes("src host 2001:db8::1", link, family + IPV6)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"02000000", "00000002"})
  void ipv4_is_known_in_both_orders(String family) throws Exception {
    assertThat(passes("ip and tcp dst port 80", LinkType.NULL, family + IPV4)).isTrue();
    assertThat(passes("ip6", LinkType.NULL, family + IPV4)).isFalse();
    assertThat(passes("host 10.0.0.9", LinkType.NULL, family + IPV4)).isFalse();
  }

  @Test
  void the_length_is_that_of_the_whole_frame() throws Exception {
    assertThat(passes("greater 44", LinkType.NULL, "02000000" + IPV4)).isTrue();
    assertThat(passes("greater 45", LinkType.NULL, "02000000" + IPV4)).isFalse();
  }

  @Test
  void frames_of_other_protocols_and_short_ones_do_not_pass_as_ip() throws Exception {
    assertThat(passes("ip or ip6", LinkType.NULL, "07000000" + IPV4)).isFalse();
    assertThat(passes("ip or ip6", LinkType.NULL, "1e00")).isFalse();
    assertThat(passes("ip or ip6", LinkType.NULL, "1e000000")).isFalse();
  }
}
