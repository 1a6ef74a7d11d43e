package dev.tiaki.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.engine.packet.LinkType;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TraceTest {
  private static final byte[] IPV4 = UdpDatagram.between("1.0.0.1:1", "1.0.0.2:2").toIp().bytes();
  private static final byte[] IPV6 = UdpDatagram.between("[::1]:1", "[::2]:2").toIp().bytes();

  private static String header(Encapsulation link, byte[] packet) {
    Frame frame = link.frame(packet, 0);
    assertThat(frame.network()).isEqualTo(packet);
    return HexFormat.of().formatHex(frame.bytes(), 0, frame.networkOffset());
  }

  @Test
  void link_headers_are_as_their_specifications_say() {
    String macs = "020000000002020000000001";
    assertThat(header(Encapsulation.ethernet(), IPV6)).isEqualTo(macs + "86dd");
    assertThat(header(Encapsulation.vlan(5), IPV4)).isEqualTo(macs + "810000050800");
    assertThat(header(Encapsulation.vlan(6, 5), IPV4)).isEqualTo(macs + "88a80006810000050800");
    assertThat(header(Encapsulation.mpls(16, 17), IPV4))
        .isEqualTo(macs + "8847" + "00010040" + "00011140");
    assertThat(header(Encapsulation.snap(), IPV4)).isEqualTo(macs + "0024" + "aaaa030000000800");
    assertThat(header(Encapsulation.linuxCooked(), IPV6)).endsWith("86dd").hasSize(32);
    assertThat(header(Encapsulation.linuxCooked2(), IPV6)).startsWith("86dd").hasSize(40);
    assertThat(header(Encapsulation.nullLoopback(ByteOrder.LITTLE_ENDIAN), IPV4))
        .isEqualTo("02000000");
    assertThat(header(Encapsulation.nullLoopback(ByteOrder.BIG_ENDIAN), IPV6))
        .isEqualTo("0000001c");
    assertThat(header(Encapsulation.loop(), IPV6)).isEqualTo("00000018");
    assertThat(header(Encapsulation.none(LinkType.RAW), IPV6)).isEmpty();
  }

  @Test
  void several_conversations_share_one_clock() {
    Trace trace = new Trace();
    Conversation one = trace.conversation("10.0.0.1:1", "10.0.0.9:80");
    Conversation two = trace.conversation("10.0.0.2:2", "10.0.0.9:80");
    one.syn();
    two.syn();
    one.synAck();
    assertThat(Transcript.of(trace.frames()))
        .containsExactly("1 > 80 S seq 1000", "2 > 80 S seq 1000", "80 > 1 SA seq 5000 ack 1001");
    assertThat(trace.frames().get(2).nanos() - trace.frames().get(0).nanos()).isEqualTo(2_000_000);
  }

  @Test
  void a_frame_becomes_its_fragments() {
    Trace trace =
        new Trace()
            .send(UdpDatagram.between("1.0.0.1:1", "1.0.0.2:2").payload("0123456789").toIp());
    assertThat(Transcript.of(trace.fragment(8).frames()))
        .containsExactly("protocol 17 8 bytes", "protocol 17 8 bytes", "protocol 17 2 bytes");
  }

  @Test
  void a_cut_frame_remembers_its_length_on_the_wire() {
    Frame frame = new Trace().send(IPV4).cut(20).frames().getFirst();
    assertThat(frame.bytes()).hasSize(20);
    assertThat(frame.originalLength()).isEqualTo(14 + 28);
  }

  @Test
  void a_pcap_file_has_header_and_records() {
    byte[] pcap = new Trace().over(Encapsulation.none(LinkType.IPV4)).send(IPV4).toPcap();
    assertThat(HexFormat.of().formatHex(pcap))
        .startsWith(
            "a1b23c4d00020004000000000000000000040000000000e4"
                + "6955b900"
                + "00000000"
                + "0000001c0000001c45");
  }

  @Test
  void one_pcap_file_has_one_link_type() {
    Trace trace = new Trace().send(IPV4).over(Encapsulation.loop()).send(IPV4);
    assertThatThrownBy(trace::toPcap).isInstanceOf(IllegalStateException.class);
  }
}
