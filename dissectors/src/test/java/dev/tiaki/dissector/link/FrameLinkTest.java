package dev.tiaki.dissector.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.LinkType;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.packet.PacketOutput;
import dev.tiaki.engine.packet.PacketPool;
import dev.tiaki.engine.worker.Counters;
import dev.tiaki.traffic.Conversation;
import dev.tiaki.traffic.Encapsulation;
import dev.tiaki.traffic.Frame;
import org.junit.jupiter.api.Test;

class FrameLinkTest {
  private final Counters counters = new Counters();
  private final FrameLink link = new FrameLink(counters);

  private Packet decode(Frame frame) {
    PacketPool pool =
        new PacketPool(
            new PacketOutput() {
              @Override
              public void accepted(Packet packet) {}

              @Override
              public void dropped(Packet packet, DropReason why) {}
            });
    Packet packet = pool.forge(frame.linkType(), frame.bytes(), frame.nanos());
    link.decode(packet);
    return packet;
  }

  private static Frame syn(Encapsulation link) {
    Conversation web = Conversation.between("[fd00::1]:1234", "[fd00::2]:80");
    return web.over(link).syn().frames().getFirst();
  }

  @Test
  void a_packet_is_told_where_its_network_header_is() {
    Packet packet = decode(syn(Encapsulation.vlan(1, 2)));
    assertThat(packet.networkOffset()).isEqualTo(22);
    assertThat(packet.etherType()).isEqualTo(0x86dd);
    assertThat(counters.value("link.malformed")).isZero();
    assertThat(counters.value("link.unknown")).isZero();
  }

  @Test
  void a_cut_link_header_is_counted_and_has_nothing_behind_it() {
    Packet packet = decode(syn(Encapsulation.ethernet()).cut(13));
    assertThat(packet.networkOffset()).isEqualTo(13);
    assertThat(packet.etherType()).isZero();
    assertThat(counters.value("link.malformed")).isEqualTo(1);
  }

  @Test
  void a_frame_of_another_kind_is_counted() {
    assertThat(decode(syn(Encapsulation.none(LinkType.of(127)))).etherType()).isZero();
    assertThat(counters.value("link.unknown")).isEqualTo(1);
  }
}
