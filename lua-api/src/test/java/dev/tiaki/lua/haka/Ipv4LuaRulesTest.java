package dev.tiaki.lua.haka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Frame;
import dev.tiaki.traffic.IpDatagram;
import dev.tiaki.traffic.Ipv4Datagram;
import dev.tiaki.traffic.Trace;
import java.util.List;
import org.junit.jupiter.api.Test;

/** IPv4 packets read by the grammar of {@code protocol/ipv4lua}. */
class Ipv4LuaRulesTest {
  private static List<Frame> packet(byte... options) {
    IpDatagram ip =
        Ipv4Datagram.from("10.0.0.1", "10.0.0.2").options(options).protocol(253).payload("data");
    return new Trace().send(ip).frames();
  }

  private static RuleReplay rule(String... body) {
    RuleReplay replay = new RuleReplay(EngineMode.ENFORCE);
    replay.rules(
        "require('protocol/ipv4lua')",
        "haka.rule{ on = haka.dissectors.ipv4lua.events.receive_packet, eval = function (ip)",
        String.join("\n", body),
        "end }");
    replay.text();
    return replay;
  }

  @Test
  void every_field_is_there() {
    RuleReplay replay =
        rule(
            "print(type(ip), ip.name, ip.version, ip.hdr_len, ip.len, ip.proto, ip.src, ip.dst)",
            "print(ip.flags.df, ip.frag_offset, ip:verify_checksum(), ip.payload:asstring(), #ip.opt)");
    replay.receive(packet());
    assertThat(replay.text())
        .isEqualTo("table ipv4lua 4 20 24 253 10.0.0.1 10.0.0.2\nfalse 0 true data 0");
    assertThat(replay.verdicts).containsExactly("accept 1");
    assertThat(replay.sent.getFirst()).isEqualTo(packet().getFirst().bytes());
  }

  @Test
  void options_are_an_array() {
    RuleReplay replay =
        rule(
            "for _, o in ipairs(ip.opt) do",
            "  print(o.type, o.copy, o.class, o.number, o.len, o.data and #o.data)",
            "end");
    replay.receive(packet(new byte[] {1, (byte) 0x94, 4, 0, 0, 0, 0, 0}));
    assertThat(replay.text()).isEqualTo("1 0 0 1 nil nil\n148 1 0 20 4 2\n0 0 0 0 nil nil");
  }

  @Test
  void an_edited_packet_leaves_with_a_right_checksum() {
    RuleReplay replay = rule("ip.ttl = 7");
    replay.receive(packet());
    RuleReplay reader = rule("print(ip.ttl, ip.len, ip:verify_checksum())");
    byte[] sent = replay.sent.getFirst();
    reader.receive(new Trace().sendFrame(sent).frames());
    assertThat(reader.text()).isEqualTo("7 24 true");
  }

  @Test
  void options_beyond_the_header_are_a_parse_error_and_no_crash() {
    RuleReplay replay = rule("print(ip.len)");
    replay.receive(packet(new byte[] {(byte) 0x94, 40, 0, 0}));
    assertThat(replay.defects).isEmpty();
    assertThat(replay.verdicts).hasSize(1);
  }
}
