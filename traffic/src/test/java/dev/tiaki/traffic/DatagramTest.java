package dev.tiaki.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatagramTest {
  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  @Test
  void an_ipv4_header_has_the_checksum_of_the_textbook_example() {
    Ipv4Datagram datagram = Ipv4Datagram.from("192.168.0.1", "192.168.0.199").dontFragment();
    datagram.protocol(17).payload(new byte[95]);
    assertThat(datagram.bytes())
        .startsWith(hex("4500 0073 0000 4000 4011 b861 c0a8 0001 c0a8 00c7"));
  }

  @Test
  void an_ipv6_datagram_chains_its_extension_headers() {
    Ipv6Datagram datagram = Ipv6Datagram.from("::1", "::2").identification(0x01020304);
    datagram.extension(Ipv6Datagram.HOP_BY_HOP).fragment(8, true).protocol(17).payload("ab");
    assertThat(datagram.bytes())
        .startsWith(hex("60000000 0012 00 40"))
        .endsWith(hex("2c00 000000000000 1100 0009 01020304 6162"));
  }

  @Test
  void every_tcp_option_stands_in_the_header_and_is_padded() {
    TcpSegment segment =
        TcpSegment.between("1.0.0.1:1", "1.0.0.2:2")
            .flags("SEC")
            .option(TcpOption.mss(1460), TcpOption.sackPermitted(), TcpOption.nop())
            .option(TcpOption.windowScale(7), TcpOption.sack(1, 2), TcpOption.end());
    byte[] bytes = segment.bytes();
    assertThat(bytes[12]).isEqualTo((byte) (11 << 4));
    assertThat(bytes[13]).isEqualTo((byte) 0xc2);
    assertThat(bytes).endsWith(hex("020405b4 0402 01 030307 050a 00000001 00000002 00000000"));
  }

  @Test
  void a_segment_with_its_checksum_sums_up_to_zero() {
    TcpSegment segment = TcpSegment.between("10.1.2.3:9", "10.1.2.4:10").payload("odd");
    byte[] from = hex("0a010203");
    byte[] to = hex("0a010204");
    assertThat(InternetChecksum.of(from, to, 6, segment.bytes())).isZero();
  }

  @Test
  void fields_can_lie() {
    byte[] bytes =
        TcpSegment.between("1.0.0.1:1", "1.0.0.2:2").checksum(7).dataOffsetField(4).bytes();
    assertThat(bytes[12]).isEqualTo((byte) 0x40);
    assertThat(bytes[17]).isEqualTo((byte) 7);
    assertThat(Ipv4Datagram.from("1.0.0.1", "1.0.0.2").lengthField(9).bytes()[3])
        .isEqualTo((byte) 9);
  }

  @Test
  void a_zero_udp_checksum_is_written_as_all_ones() {
    UdpDatagram datagram = UdpDatagram.between("0.0.0.0:0", "0.0.0.0:0");
    byte[] without = datagram.payload(new byte[] {0, 0}).bytes();
    int sum = (without[6] & 0xff) << 8 | without[7] & 0xff;
    byte[] fill = {(byte) (sum >>> 8), (byte) sum};
    assertThat(datagram.payload(fill).bytes()).containsSequence(hex("ffff"));
  }

  @Test
  void fragments_of_both_families_carry_the_whole_payload() {
    byte[] four =
        UdpDatagram.between("1.0.0.1:1", "1.0.0.2:2").payload("0123456789abcdef").toIp().bytes();
    List<byte[]> parts = Fragments.of(four, 16, 0xbeef);
    assertThat(parts).hasSize(2);
    assertThat(parts.get(0)).startsWith(hex("4500 0024 beef 2000 4011")).hasSize(36);
    assertThat(parts.get(1))
        .startsWith(hex("4500 001c beef 0002 4011"))
        .endsWith("89abcdef".getBytes());

    byte[] six =
        UdpDatagram.between("[::1]:1", "[::2]:2").payload("0123456789abcdef").toIp().bytes();
    List<byte[]> sixParts = Fragments.of(six, 16, 0xbeef);
    assertThat(sixParts.get(0)).startsWith(hex("60000000 0018 2c 40")).hasSize(64);
    assertThat(sixParts.get(1)).contains(hex("1100 0010 0000beef"));
  }

  @Test
  void fragments_must_be_multiples_of_eight() {
    assertThatThrownBy(() -> Fragments.of(new byte[20], 7, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("payloadBytes=7");
  }

  @Test
  void icmp_quotes_the_datagram_it_is_about() {
    IpDatagram about = UdpDatagram.between("1.0.0.1:1", "1.0.0.2:2").payload("x").toIp();
    byte[] message = IcmpMessage.between("1.0.0.2", "1.0.0.1").portUnreachable(about).bytes();
    assertThat(message).startsWith(hex("0303")).endsWith(about.bytes());
    assertThat(InternetChecksum.of(message)).isZero();
  }
}
