package dev.tiaki.dissector.ipv6;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.dissector.ip.IpFixture;
import dev.tiaki.dissector.ip.IpPacket;
import dev.tiaki.engine.address.IpAddress;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.traffic.Encapsulation;
import dev.tiaki.traffic.IpDatagram;
import dev.tiaki.traffic.Ipv6Datagram;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class Ipv6PacketTest {
  private static final String CLIENT = "2001:db8::1";
  private static final String SERVER = "2001:db8::2";

  private final IpFixture net = new IpFixture();

  private static Ipv6Datagram datagram() {
    return Ipv6Datagram.from(CLIENT, SERVER);
  }

  private static IpDatagram hello() {
    return datagram().flowLabel(0xabcde).trafficClass(0x12).ttl(63).protocol(200).payload("hello");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String text(IpPacket ip) {
    return new String(IpFixture.payload(ip), StandardCharsets.US_ASCII);
  }

  @Test
  void every_field_is_read() {
    List<String> seen = new ArrayList<>();
    net.onReceive6(ip ->
        seen.add(
            "%d %x %x %d %d %d %d %s %s %s"
                .formatted(
                    ip.version(),
                    ip.trafficClass(),
                    ip.flowLabel(),
                    ip.claimedPayloadLength(),
                    ip.nextHeader(),
                    ip.protocol(),
                    ip.ttl(),
                    ip.source(),
                    ip.destination(),
                    text(ip))));
    net.receive(hello());
    assertThat(seen).containsExactly("6 12 abcde 5 200 200 63 2001:db8::1 2001:db8::2 hello");
    assertThat(net.sent.getFirst()).isEqualTo(hello().bytes());
  }

  @Test
  void every_field_is_written() {
    net.onReceive6(ip -> {
      ip.setTrafficClass(0x134);
      ip.setFlowLabel(0x112345);
      ip.setTtl(256 + 9);
      ip.setProtocol(201);
      ip.setSource(IpAddress.parse("fe80::1"));
      ip.setDestination(IpAddress.parse("ff02::2"));
      ip.payload().append(VirtualBuffer.of(ascii(" world")));
      assertThat(ip.protocol()).isEqualTo(201);
    });
    net.receive(hello());
    assertThat(net.sent.getFirst())
        .isEqualTo(
            Ipv6Datagram.from("fe80::1", "ff02::2")
                .flowLabel(0x12345)
                .trafficClass(0x34)
                .ttl(9)
                .protocol(201)
                .payload("hello world")
                .bytes());
  }

  @Test
  void extension_headers_are_walked_and_kept() {
    byte[] sent =
        datagram()
            .extension(Ipv6Datagram.HOP_BY_HOP, (byte) 5, (byte) 2, (byte) 0, (byte) 0)
            .extension(Ipv6Datagram.DESTINATION_OPTIONS, new byte[14])
            .extension(Ipv6Datagram.ROUTING, new byte[6])
            .rawExtension(
                51,
                new byte[] {0, 4, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0})
            .extension(Ipv6Datagram.DESTINATION_OPTIONS, new byte[6])
            .protocol(200)
            .payload("data")
            .bytes();
    net.onReceive6(ip -> {
      assertThat(ip.protocol()).isEqualTo(200);
      assertThat(ip.nextHeader()).isZero();
      assertThat(ip.extensionHeadersLength()).isEqualTo(8 + 16 + 8 + 24 + 8);
      assertThat(text(ip)).isEqualTo("data");
      ip.payload().set(0, 'D');
      ip.setProtocol(202);
    });
    net.receive(sent);
    byte[] expected = sent.clone();
    expected[expected.length - 4] = 'D';
    expected[expected.length - 12] = (byte) 202;
    assertThat(net.sent.getFirst()).isEqualTo(expected);
  }

  @Test
  void the_payload_may_grow_behind_extension_headers() {
    net.onReceive6(ip -> ip.payload().append(VirtualBuffer.of(ascii("more"))));
    net.receive(
        datagram().extension(Ipv6Datagram.DESTINATION_OPTIONS).protocol(200).payload("data"));
    assertThat(net.sent.getFirst())
        .isEqualTo(
            datagram()
                .extension(Ipv6Datagram.DESTINATION_OPTIONS)
                .protocol(200)
                .payload("datamore")
                .bytes());
  }

  @Test
  void no_next_header_ends_the_chain() {
    net.onReceive6(ip -> assertThat(ip.protocol()).isEqualTo(59));
    net.receive(datagram().protocol(59));
    assertThat(net.verdicts).containsExactly("accept 1");
  }

  @Test
  void link_padding_is_no_payload() {
    net.onReceive6(ip -> assertThat(text(ip)).isEqualTo("hello"));
    net.receive(Arrays.copyOf(hello().bytes(), 60));
    assertThat(net.verdicts).containsExactly("accept 1");
  }

  static Stream<Arguments> lies() {
    byte[] sound = hello().bytes();
    Ipv6Datagram endless = datagram();
    for (int i = 0; i < 17; i++) {
      endless.extension(Ipv6Datagram.DESTINATION_OPTIONS);
    }
    return Stream.of(
        Arguments.of("nothing", new byte[0], "corrupted ipv6 packet, size is too small"),
        Arguments.of(
            "39 bytes", Arrays.copyOf(sound, 39), "corrupted ipv6 packet, size is too small"),
        Arguments.of(
            "version 4",
            datagram().version(4).bytes(),
            "corrupted ipv6 packet, version is not 6 2001:db8::1 2001:db8::2"),
        Arguments.of(
            "one byte too long",
            hello().lengthField(6).bytes(),
            "invalid ipv6 packet, size is too small 2001:db8::1 2001:db8::2"),
        Arguments.of(
            "a jumbogram that is none",
            datagram()
                .extension(Ipv6Datagram.HOP_BY_HOP, new byte[] {(byte) 0xc2, 4, 0, 0, 0, 8})
                .lengthField(0)
                .bytes(),
            "unsupported ipv6 jumbogram 2001:db8::1 2001:db8::2"),
        Arguments.of("an extension header cut short", cutExtension(), extensions()),
        Arguments.of(
            "an extension header that claims too much",
            datagram()
                .rawExtension(60, new byte[] {0, 9, 0, 0, 0, 0, 0, 0})
                .protocol(200)
                .payload(new byte[60])
                .bytes(),
            extensions()),
        Arguments.of(
            "hop-by-hop options in second place",
            datagram()
                .extension(Ipv6Datagram.DESTINATION_OPTIONS)
                .extension(Ipv6Datagram.HOP_BY_HOP)
                .protocol(200)
                .bytes(),
            extensions()),
        Arguments.of(
            "hop-by-hop options twice",
            datagram()
                .extension(Ipv6Datagram.HOP_BY_HOP)
                .extension(Ipv6Datagram.HOP_BY_HOP)
                .protocol(200)
                .bytes(),
            extensions()),
        Arguments.of(
            "two fragment headers",
            datagram().fragment(0, false).fragment(0, false).protocol(200).bytes(),
            extensions()),
        Arguments.of("seventeen extension headers", endless.protocol(200).bytes(), extensions()));
  }

  private static byte[] cutExtension() {
    byte[] whole = datagram().extension(Ipv6Datagram.DESTINATION_OPTIONS).protocol(200).bytes();
    byte[] cut = Arrays.copyOf(whole, 44);
    cut[5] = 4;
    return cut;
  }

  private static String extensions() {
    return "invalid ipv6 extension headers 2001:db8::1 2001:db8::2";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lies")
  void a_lying_header_is_dropped_with_an_alert_before_any_event(
      String name, byte[] bytes, String alert) {
    List<IpPacket> seen = new ArrayList<>();
    net.onReceive6(seen::add);
    net.receive(Ipv6Dissector.ETHER_TYPE, bytes);
    assertThat(net.alerts).containsExactly(alert);
    assertThat(net.verdicts).containsExactly("drop 1 MALFORMED");
    assertThat(seen).isEmpty();
  }

  @Test
  void what_the_capture_cut_off_is_missing_and_not_malformed() {
    net.onReceive6(ip -> assertThat(ip.missingLength()).isEqualTo(3));
    net.receive(Encapsulation.ethernet().frame(hello().bytes(), 0).cut(14 + 42));
    assertThat(net.verdicts).containsExactly("accept 1");
  }

  @Test
  void the_jumbograms_of_large_segments_are_read_but_not_resized() {
    int length = 8 + 70_000;
    byte[] option = {(byte) 0xc2, 4, 0, (byte) (length >> 16), (byte) (length >> 8), (byte) length};
    byte[] jumbo =
        datagram()
            .extension(Ipv6Datagram.HOP_BY_HOP, option)
            .lengthField(0)
            .protocol(200)
            .payload(new byte[70_000])
            .bytes();
    net.onReceive6(ip -> {
      assertThat(ip.protocol()).isEqualTo(200);
      assertThat(ip.payloadLength()).isEqualTo(70_000);
      ip.setTtl(3);
      if (net.sent.size() == 1) {
        ip.payload().sub(0, 1).erase();
      }
    });
    net.receive(jumbo);
    net.receive(jumbo);
    byte[] expected = jumbo.clone();
    expected[7] = 3;
    assertThat(net.sent.getFirst()).isEqualTo(expected);
    assertThat(net.verdicts).containsExactly("accept 1", "drop 2 BOUND");
  }

  @Test
  void an_atomic_fragment_is_a_whole_datagram() {
    List<String> whole = new ArrayList<>();
    net.onReassembled6(ip -> whole.add(ip.protocol() + text(ip) + ip.hasFragmentHeader()));
    IpDatagram atomic = datagram().identification(7).fragment(0, false).protocol(200).payload("x");
    net.receive(atomic, atomic);
    assertThat(whole).containsExactly("200xtrue", "200xtrue");
    assertThat(net.sent.getFirst()).isEqualTo(atomic.bytes());
  }

  @Test
  void a_forged_reply_is_a_plain_packet_the_other_way() {
    net.onReceive6(ip -> {
      ip.forge(true, 6, 20).send();
      ip.continuation(2).send();
      ip.drop(DropReason.RULE);
    });
    net.receive(
        datagram()
            .extension(Ipv6Datagram.DESTINATION_OPTIONS)
            .flowLabel(5)
            .ttl(33)
            .protocol(200)
            .payload("data"));
    assertThat(net.sent.get(0))
        .isEqualTo(
            Ipv6Datagram.from(SERVER, CLIENT).ttl(64).protocol(6).payload(new byte[20]).bytes());
    assertThat(net.sent.get(1))
        .isEqualTo(datagram().flowLabel(5).ttl(33).protocol(200).payload(new byte[2]).bytes());
    assertThat(net.verdicts).containsExactly("accept 0", "accept 0", "drop 1 RULE");
  }

  @Test
  void a_packet_is_made_from_scratch() {
    net.onReceive6(ip -> {
      if (ip.protocol() == 200) {
        Ipv6Packet made = net.ipv6.create(net.root.create(4, Ipv6Dissector.ETHER_TYPE));
        made.setTtl(5);
        made.setProtocol(201);
        made.setSource(IpAddress.parse(SERVER));
        made.setDestination(IpAddress.parse(CLIENT));
        made.inject();
      }
    });
    net.receive(hello());
    assertThat(net.sent.get(1))
        .isEqualTo(
            Ipv6Datagram.from(SERVER, CLIENT).ttl(5).protocol(201).payload(new byte[4]).bytes());
  }

  @Test
  void random_bytes_never_break_the_engine() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int[] kinds = {0, 43, 44, 51, 60, 135, 139, 140, 6, 59};
    net.onReceive6(ip -> ip.payload().size());
    int count = 5_000;
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[random.nextInt(160)];
      random.nextBytes(bytes);
      if (bytes.length > 40) {
        bytes[0] = 0x60;
        bytes[4] = 0;
        bytes[5] = (byte) random.nextInt(120);
        for (int at = 6; at < bytes.length; at += 2 + random.nextInt(6)) {
          bytes[at] = (byte) kinds[random.nextInt(kinds.length)];
        }
      }
      net.receive(Ipv6Dissector.ETHER_TYPE, bytes);
    }
    net.finish();
    assertThat(net.defects).as("seed %d", seed).isEmpty();
    assertThat(net.verdicts).as("seed %d", seed).hasSize(count);
  }
}
