package dev.tiaki.dissector.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tiaki.engine.packet.LinkType;
import dev.tiaki.traffic.Encapsulation;
import dev.tiaki.traffic.Frame;
import dev.tiaki.traffic.UdpDatagram;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinkHeaderTest {
  private static final byte[] IPV4 = UdpDatagram.between("1.0.0.1:1", "1.0.0.2:2").toIp().bytes();
  private static final byte[] IPV6 = UdpDatagram.between("[::1]:1", "[::2]:2").toIp().bytes();
  private static final String MACS = "020000000002020000000001";

  private static final List<LinkType> ALL =
      List.of(
          LinkType.NULL,
          LinkType.ETHERNET,
          LinkType.ARCNET,
          LinkType.PPP,
          LinkType.RAW_DLT12,
          LinkType.RAW_DLT14,
          LinkType.PPP_HDLC,
          LinkType.RAW,
          LinkType.C_HDLC,
          LinkType.LOOP,
          LinkType.LINUX_SLL,
          LinkType.ARCNET_LINUX,
          LinkType.IPV4,
          LinkType.IPV6,
          LinkType.NFLOG,
          LinkType.LINUX_SLL2);

  private static String find(LinkType linkType, byte[] frame) {
    long start = LinkHeader.find(linkType, frame, frame.length);
    return start == NetworkStart.MALFORMED
        ? "malformed"
        : "%04x at %d".formatted(NetworkStart.etherType(start), NetworkStart.offset(start));
  }

  private static String find(LinkType linkType, String hex) {
    return find(linkType, HexFormat.of().parseHex(hex));
  }

  @Test
  void both_ip_families_are_found_behind_every_link_header() {
    for (Encapsulation link :
        List.of(
            Encapsulation.ethernet(),
            Encapsulation.vlan(5),
            Encapsulation.vlan(5, 6),
            Encapsulation.vlan(1, 2, 3, 4, 5, 6, 7, 8),
            Encapsulation.mpls(16),
            Encapsulation.mpls(16, 17, 18),
            Encapsulation.snap(),
            Encapsulation.linuxCooked(),
            Encapsulation.linuxCooked2(),
            Encapsulation.nullLoopback(ByteOrder.LITTLE_ENDIAN),
            Encapsulation.nullLoopback(ByteOrder.BIG_ENDIAN),
            Encapsulation.loop(),
            Encapsulation.none(LinkType.RAW),
            Encapsulation.none(LinkType.RAW_DLT12),
            Encapsulation.none(LinkType.RAW_DLT14))) {
      Frame four = link.frame(IPV4, 0);
      Frame six = link.frame(IPV6, 0);
      assertThat(find(four.linkType(), four.bytes())).isEqualTo("0800 at " + four.networkOffset());
      assertThat(find(six.linkType(), six.bytes())).isEqualTo("86dd at " + six.networkOffset());
    }
    assertThat(find(LinkType.IPV4, IPV4)).isEqualTo("0800 at 0");
    assertThat(find(LinkType.IPV6, IPV6)).isEqualTo("86dd at 0");
  }

  @Test
  void other_ether_types_are_told() {
    assertThat(find(LinkType.ETHERNET, MACS + "0806")).isEqualTo("0806 at 14");
    assertThat(find(LinkType.ETHERNET, MACS + "81000005" + "88cc")).isEqualTo("88cc at 18");
  }

  @Test
  void vlan_tags_stand_in_cooked_frames_too() {
    assertThat(find(LinkType.LINUX_SLL, "0000000100060000000000000000" + "8100" + "00050800"))
        .isEqualTo("0800 at 20");
  }

  @Test
  void llc_without_snap_carries_ip_by_its_own_sap_or_something_else() {
    assertThat(find(LinkType.ETHERNET, MACS + "0003" + "060603")).isEqualTo("0800 at 17");
    assertThat(find(LinkType.ETHERNET, MACS + "0003" + "424203")).isEqualTo("0000 at 14");
  }

  @Test
  void pppoe_and_ppp_carry_both_families() {
    String session = MACS + "8864" + "110000010006";
    assertThat(find(LinkType.ETHERNET, session + "00214500")).isEqualTo("0800 at 22");
    assertThat(find(LinkType.ETHERNET, session + "c0210101")).isEqualTo("0000 at 22");
    assertThat(find(LinkType.PPP, "ff030057")).isEqualTo("86dd at 4");
    assertThat(find(LinkType.PPP, "21450000")).isEqualTo("0800 at 1");
    assertThat(find(LinkType.PPP_HDLC, "0f000800")).isEqualTo("0800 at 4");
    assertThat(find(LinkType.C_HDLC, "0f0086dd")).isEqualTo("86dd at 4");
  }

  @Test
  void arcnet_has_a_shorter_header_for_the_older_types() {
    assertThat(find(LinkType.ARCNET, "0102f0" + "45")).isEqualTo("0800 at 3");
    assertThat(find(LinkType.ARCNET_LINUX, "01020000d4" + "000001" + "45")).isEqualTo("0800 at 8");
    assertThat(find(LinkType.ARCNET_LINUX, "01020000c4" + "010001" + "60")).isEqualTo("0000 at 8");
    assertThat(find(LinkType.ARCNET_LINUX, "01020000d4" + "0000")).isEqualTo("malformed");
  }

  @Test
  void a_netfilter_log_has_its_packet_in_an_attribute() {
    String little = "02000000" + "0800010008000100" + "05000a0000000000" + "0800090045000000";
    String big = "0a000000" + "0008000100080001" + "0008000960000000";
    assertThat(find(LinkType.NFLOG, little)).isEqualTo("0800 at 24");
    assertThat(find(LinkType.NFLOG, big)).isEqualTo("86dd at 16");
    assertThat(find(LinkType.NFLOG, "02000000" + "03000900")).isEqualTo("malformed");
  }

  @Test
  void a_netlink_monitor_has_no_ether_types() {
    assertThat(find(LinkType.LINUX_SLL, "0004033800000000000000000000" + "0800"))
        .isEqualTo("0000 at 16");
  }

  @Test
  void a_link_type_that_nobody_knows_is_not_understood() {
    assertThat(find(LinkType.of(147), IPV4)).isEqualTo("0000 at 0");
  }

  @Test
  void headers_that_are_cut_or_endless_are_malformed() {
    assertThat(find(LinkType.ETHERNET, MACS + "08")).isEqualTo("malformed");
    assertThat(find(LinkType.ETHERNET, MACS + "8100" + "000508")).isEqualTo("malformed");
    assertThat(find(LinkType.ETHERNET, MACS + "81000001".repeat(9) + "0800"))
        .isEqualTo("malformed");
    assertThat(find(LinkType.ETHERNET, MACS + "8847" + "00010040")).isEqualTo("malformed");
    assertThat(find(LinkType.ETHERNET, MACS + "8847" + "00010040".repeat(20)))
        .isEqualTo("malformed");
    assertThat(find(LinkType.ETHERNET, MACS + "0008" + "aaaa0300")).isEqualTo("malformed");
    assertThat(find(LinkType.NULL, "020000")).isEqualTo("malformed");
    assertThat(find(LinkType.RAW, "")).isEqualTo("malformed");
  }

  @Test
  void any_octets_of_any_length_are_survived() {
    long seed = 20_261_121;
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] frame = new byte[random.nextInt(60)];
      random.nextBytes(frame);
      if (frame.length > 13 && random.nextBoolean()) {
        frame[12] = (byte) 0x81;
        frame[13] = 0;
      }
      LinkType linkType = ALL.get(random.nextInt(ALL.size()));
      String what = "seed " + seed + ", " + linkType + " " + Arrays.toString(frame);
      assertThatCode(() -> find(linkType, frame)).as(what).doesNotThrowAnyException();
      assertThatCode(() -> WorkerChoice.of(linkType, frame, frame.length, 4))
          .as(what)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void numbers_for_switches_are_those_of_the_link_types() {
    assertThat(ALL)
        .extracting(LinkType::number)
        .containsExactly(
            LinkNumbers.NULL,
            LinkNumbers.ETHERNET,
            LinkNumbers.ARCNET,
            LinkNumbers.PPP,
            LinkNumbers.RAW_DLT12,
            LinkNumbers.RAW_DLT14,
            LinkNumbers.PPP_HDLC,
            LinkNumbers.RAW,
            LinkNumbers.CISCO_HDLC,
            LinkNumbers.LOOP,
            LinkNumbers.LINUX_SLL,
            LinkNumbers.ARCNET_LINUX,
            LinkNumbers.IPV4,
            LinkNumbers.IPV6,
            LinkNumbers.NFLOG,
            LinkNumbers.LINUX_SLL2);
  }
}
