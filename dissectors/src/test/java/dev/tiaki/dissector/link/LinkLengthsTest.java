package dev.tiaki.dissector.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.LinkType;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.packet.PacketOutput;
import dev.tiaki.engine.packet.PacketPool;
import dev.tiaki.engine.worker.Counters;
import dev.tiaki.traffic.Encapsulation;
import dev.tiaki.traffic.UdpDatagram;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class LinkLengthsTest {
  private static final byte[] IPV4 = UdpDatagram.between("1.0.0.1:1", "1.0.0.2:2").toIp().bytes();
  private static final byte[] IPV6 = UdpDatagram.between("[::1]:1", "[::2]:2").toIp().bytes();
  private static final String MACS = "020000000002020000000001";

  private final FrameLink link = new FrameLink(new Counters());

  private String repaired(String linkHeader, byte[] network) {
    byte[] header = HexFormat.of().parseHex(linkHeader);
    int padded = Math.max(60, header.length + network.length);
    return repaired(ByteBuffer.allocate(padded).put(header).put(network).array(), header.length);
  }

  private String repaired(byte[] frame, int headerBytes) {
    PacketPool pool =
        new PacketPool(
            new PacketOutput() {
              @Override
              public void accepted(Packet packet) {}

              @Override
              public void dropped(Packet packet, DropReason why) {}
            });
    Packet packet = pool.forge(LinkType.ETHERNET, frame, 0);
    link.decode(packet);
    assertThat(packet.networkOffset()).isEqualTo(headerBytes);
    link.repairLengths(packet);
    return HexFormat.of().formatHex(packet.array(), 0, headerBytes);
  }

  @Test
  void a_length_of_802_3_follows_the_ip_packet_and_not_the_padding() {
    assertThat(repaired(MACS + "0003" + "aaaa030000000800", IPV4))
        .isEqualTo(MACS + "0024" + "aaaa030000000800");
    assertThat(repaired(MACS + "8100000505dc" + "aaaa0300000086dd", IPV6))
        .isEqualTo(MACS + "810000050038" + "aaaa0300000086dd");
  }

  @Test
  void a_length_of_pppoe_follows_the_ip_packet() {
    assertThat(repaired(MACS + "8864" + "110000010000" + "0021", IPV4))
        .isEqualTo(MACS + "8864" + "11000001001e" + "0021");
  }

  @Test
  void headers_without_a_length_stay_as_they_are() {
    for (Encapsulation plain :
        new Encapsulation[] {
          Encapsulation.ethernet(), Encapsulation.vlan(1, 2), Encapsulation.mpls(16)
        }) {
      byte[] frame = plain.frame(IPV6, 0).bytes();
      int headerBytes = frame.length - IPV6.length;
      assertThat(repaired(frame.clone(), headerBytes))
          .isEqualTo(HexFormat.of().formatHex(frame, 0, headerBytes));
    }
  }
}
