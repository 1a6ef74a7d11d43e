package dev.tiaki.dissector.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.dissector.ip.IpFixture;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.rule.OnRuleError;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.TcpSegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TcpPacketTest {
  private static final int IPV4 = 20;

  private final IpFixture fixture = new IpFixture();
  private final TcpDissector tcp = register(fixture, VerifyChecksums.AUTO);
  private final List<String> story = new ArrayList<>();

  private static TcpDissector register(IpFixture fixture, VerifyChecksums checksums) {
    TcpDissector tcp = new TcpDissector(fixture.context, new TcpSettings(checksums, 1500, true));
    fixture.transports.set(TcpLayout.PROTOCOL, tcp);
    return tcp;
  }

  private static TcpSegment segment() {
    return TcpSegment.between("10.0.0.1:4000", "10.0.0.2:80").seq(0xfffffff0).ack(77).flags("PA");
  }

  @Test
  void every_field_reads_as_it_was_sent() {
    tcp.events()
        .receivePacket()
        .add(p ->
            story.add(
                p.sourcePort()
                    + " "
                    + p.destinationPort()
                    + " "
                    + Integer.toUnsignedString(p.sequence())
                    + " "
                    + p.acknowledgment()
                    + " "
                    + p.headerLength()
                    + " "
                    + p.reserved()
                    + " "
                    + p.flags()
                    + " "
                    + p.window()
                    + " "
                    + p.urgentPointer()
                    + " "
                    + p.payload().size()
                    + " "
                    + p.verifyChecksum()));
    fixture.receive(segment().reserved(5).window(512).payload("data").toIp());
    assertThat(story).containsExactly("4000 80 4294967280 77 20 5 24 512 0 4 true");
    assertThat(fixture.verdicts).containsExactly("accept 1");
  }

  @Test
  void every_field_leaves_as_it_was_written_with_a_right_checksum() {
    tcp.events()
        .receivePacket()
        .add(p -> {
          p.setSourcePort(1);
          p.setDestinationPort(2);
          p.setSequence(3);
          p.setAcknowledgment(4);
          p.setReserved(5);
          p.setFlags(0);
          p.setFlag(TcpLayout.SYN, true);
          p.setWindow(7);
          p.setUrgentPointer(8);
        });
    tcp.events().sendPacket().add(p -> story.add(p.sequence() + " " + p.flags()));
    fixture.receive(segment().payload("data").toIp());
    byte[] sent = fixture.sent.getFirst();
    assertThat(story).containsExactly("3 2");
    assertThat(sent[IPV4 + 1]).isEqualTo((byte) 1);
    assertThat(sent[IPV4 + 3]).isEqualTo((byte) 2);
    assertThat(sent[IPV4 + 12]).isEqualTo((byte) 0x55);
    assertThat(sent[IPV4 + 15]).isEqualTo((byte) 7);
    IpFixture second = new IpFixture();
    TcpDissector reader = register(second, VerifyChecksums.AUTO);
    reader.events().receivePacket().add(p -> story.add("right: " + p.verifyChecksum()));
    second.receive(sent);
    assertThat(story).endsWith("right: true");
  }

  @Test
  void an_untouched_packet_keeps_even_a_wrong_checksum() {
    byte[] before = segment().payload("data").checksum(0x1234).toIp().bytes();
    fixture.receive(before.clone());
    assertThat(fixture.sent.getFirst()).isEqualTo(before);
  }

  @Test
  void an_edited_payload_changes_lengths_and_checksums() {
    tcp.events()
        .receivePacket()
        .add(p -> p.payload().append(VirtualBuffer.of(new byte[] {'!', '!', '!'})));
    fixture.receive(segment().payload("data").toIp());
    byte[] sent = fixture.sent.getFirst();
    assertThat(sent).hasSize(IPV4 + 20 + 7).endsWith('t', 'a', '!', '!', '!');
    assertThat(sent[3]).isEqualTo((byte) (IPV4 + 20 + 7));
  }

  @Test
  void a_packet_shorter_than_a_header_is_refused_with_an_alert() {
    byte[] datagram = segment().toIp().bytes();
    byte[] cut = Arrays.copyOf(datagram, IPV4 + 12);
    cut[3] = (byte) cut.length;
    fixture.receive(cut);
    assertThat(fixture.verdicts).containsExactly("drop 1 MALFORMED");
    assertThat(fixture.alerts)
        .containsExactly("corrupted tcp packet, size is too small 10.0.0.1 10.0.0.2");
  }

  @Test
  void a_header_length_that_lies_is_refused_with_an_alert() {
    fixture.receive(segment().dataOffsetField(4).toIp());
    fixture.receive(segment().dataOffsetField(15).toIp());
    assertThat(fixture.verdicts).containsExactly("drop 1 MALFORMED", "drop 2 MALFORMED");
    String alert = "corrupted tcp packet, header length is too small 10.0.0.1 10.0.0.2";
    assertThat(fixture.alerts).containsExactly(alert, alert);
  }

  @Test
  void options_read_and_write() {
    tcp.events()
        .receivePacket()
        .add(p -> {
          TcpOptions options = p.options();
          story.add(
              options.maximumSegmentSize()
                  + " "
                  + options.windowScale()
                  + " "
                  + options.isSackPermitted()
                  + " "
                  + options.timestampValue()
                  + " "
                  + options.has(77));
          options.setMaximumSegmentSize(1200);
          options.setWindowScale(3);
        });
    tcp.events()
        .sendPacket()
        .add(p -> story.add(p.options().maximumSegmentSize() + " " + p.options().windowScale()));
    fixture.receive(
        segment()
            .flags("S")
            .option(
                dev.tiaki.traffic.TcpOption.of(2, new byte[] {5, (byte) 0xb4}),
                dev.tiaki.traffic.TcpOption.sackPermitted(),
                dev.tiaki.traffic.TcpOption.of(77, new byte[] {1}),
                dev.tiaki.traffic.TcpOption.of(3, new byte[] {7}))
            .toIp());
    assertThat(story).containsExactly("1460 7 true -1 true", "1200 3");
  }

  @Test
  void a_whole_list_of_options_replaces_the_old_one() {
    tcp.events()
        .receivePacket()
        .add(p -> {
          List<TcpOption> options = new ArrayList<>(p.options().list());
          options.add(new TcpOption(TcpOption.TIMESTAMPS, new byte[8]));
          p.options().set(options);
        });
    tcp.events()
        .sendPacket()
        .add(p ->
            story.add(
                p.headerLength()
                    + " "
                    + p.options().has(77)
                    + " "
                    + p.options().timestampValue()
                    + " "
                    + p.payload().size()));
    fixture.receive(
        segment()
            .option(dev.tiaki.traffic.TcpOption.of(77, new byte[] {1}))
            .payload("data")
            .toIp());
    assertThat(story).containsExactly("36 true 0 4");
    assertThatThrownBy(() -> new TcpOption(1, new byte[0])).hasMessage("kind=1, length=0");
  }

  @Test
  void an_option_with_a_broken_length_ends_the_list() {
    tcp.events().receivePacket().add(p -> story.add(p.options().list().size() + " options"));
    byte[] datagram =
        segment().option(dev.tiaki.traffic.TcpOption.of(77, new byte[] {1, 2})).toIp().bytes();
    datagram[IPV4 + 21] = 0;
    fixture.receive(datagram);
    datagram[IPV4 + 21] = 60;
    fixture.receive(datagram.clone());
    assertThat(story).containsExactly("0 options", "0 options");
  }

  @Test
  void bad_checksums_are_refused_where_all_are_verified() {
    IpFixture strict = new IpFixture();
    register(strict, VerifyChecksums.ALWAYS);
    strict.receive(segment().checksum(1).toIp(), segment().toIp());
    assertThat(strict.verdicts).containsExactly("drop 1 MALFORMED", "accept 2");
    assertThat(strict.counters.value("tcp.badChecksum")).isEqualTo(1);
  }

  @Test
  void a_dropped_packet_is_not_seen_by_later_rules() {
    tcp.events().receivePacket().add(p -> p.drop(DropReason.RULE));
    tcp.events().receivePacket().add(p -> story.add("too late"));
    fixture.receive(segment().toIp());
    assertThat(story).isEmpty();
    assertThat(fixture.verdicts).containsExactly("drop 1 RULE");
  }

  @Test
  void a_failing_rule_drops_the_packet() {
    tcp.events()
        .receivePacket()
        .add(p -> {
          throw new RuleFailure("r.lua:1: no", null, null);
        });
    fixture.receive(segment().toIp());
    assertThat(fixture.verdicts).containsExactly("drop 1 RULE_ERROR");
    assertThat(fixture.log).containsExactly("error lua: tcp: r.lua:1: no");
  }

  @Test
  void a_failing_rule_lets_pass_where_the_policy_says_so() {
    IpFixture lenient = new IpFixture(EngineMode.ENFORCE, OnRuleError.ACCEPT);
    register(lenient, VerifyChecksums.NEVER)
        .events()
        .receivePacket()
        .add(p -> {
          throw new RuleFailure("no", null, null);
        });
    lenient.receive(segment().toIp());
    assertThat(lenient.verdicts).containsExactly("accept 1");
  }

  @Test
  void a_packet_is_made_on_a_forged_ip_packet() {
    tcp.events()
        .receivePacket()
        .add(p -> {
          Packet like = p.packet();
          TcpPacket forged = tcp.forge(p, true);
          forged.setSequence(9);
          forged.setFlags(TcpLayout.RST);
          forged.send();
          story.add(like.number() + " " + forged.packet().origin());
        });
    fixture.receive(segment().toIp());
    byte[] reset = fixture.sent.getFirst();
    assertThat(reset).hasSize(40);
    assertThat(reset[15]).isEqualTo((byte) 2);
    assertThat(reset[19]).isEqualTo((byte) 1);
    assertThat(reset[IPV4 + 1]).isEqualTo((byte) 80);
    assertThat(reset[IPV4 + 13]).isEqualTo((byte) TcpLayout.RST);
    assertThat(story).containsExactly("1 FORGED");
  }

  @Test
  void a_packet_that_has_left_cannot_be_sent_again() {
    TcpPacket[] kept = {null};
    tcp.events().receivePacket().add(p -> kept[0] = p.retain());
    fixture.receive(segment().toIp());
    assertThat(kept[0].isValid()).isFalse();
    assertThatThrownBy(kept[0]::send).hasMessage("invalid tcp packet");
  }
}
