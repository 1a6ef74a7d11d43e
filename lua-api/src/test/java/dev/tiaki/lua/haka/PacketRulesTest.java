package dev.tiaki.lua.haka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Frame;
import dev.tiaki.traffic.IcmpMessage;
import dev.tiaki.traffic.Ipv4Datagram;
import dev.tiaki.traffic.TcpOption;
import dev.tiaki.traffic.TcpSegment;
import dev.tiaki.traffic.Trace;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Packets of each layer as rules read and write them. */
class PacketRulesTest {
  private static TcpSegment segment() {
    return TcpSegment.between("10.0.0.1:1234", "10.0.0.2:80")
        .seq(0xfffffff0)
        .ack(77)
        .flags("PA")
        .window(500)
        .urgent(3)
        .payload("hello");
  }

  private static List<Frame> frames(Ipv4Datagram datagram) {
    return new Trace().send(datagram).frames();
  }

  private static RuleReplay on(String event, String... body) {
    return on(new RuleReplay(), event, body);
  }

  private static RuleReplay on(RuleReplay replay, String event, String... body) {
    String dissector = event.substring(0, event.indexOf('.'));
    String name = event.substring(event.indexOf('.') + 1);
    replay.rules(
        "if '" + dissector + "' ~= 'packet' then require('protocol/" + dissector + "') end",
        "haka.rule{ on = haka.dissectors." + dissector + ".events." + name + ",",
        "  eval = function (pkt)",
        String.join("\n", body),
        "  end }");
    replay.text();
    return replay;
  }

  @Test
  void every_attribute_of_an_ipv4_packet_can_be_read() {
    RuleReplay replay =
        on(
            "ipv4.receive_packet",
            "print(pkt.version, pkt.hdr_len, pkt.tos, pkt.len, pkt.id, pkt.frag_offset, pkt.ttl)",
            "print(pkt.proto, pkt.src, pkt.dst, pkt.name, #pkt.payload, pkt.dont_reassemble)",
            "print(pkt.flags.rb, pkt.flags.df, pkt.flags.mf, pkt.flags.all)",
            "print(pkt:verify_checksum(), pkt.checksum > 0, pkt.raw == pkt:parent())");
    replay.receive(frames(segment().toIpv4().identification(9).dontFragment()));
    assertThat(replay.text())
        .isEqualTo(
            """
            4 20 0 45 9 0 64
            6 10.0.0.1 10.0.0.2 ipv4 25 false
            false true false 2
            true true true\
            """);
  }

  @Test
  void every_attribute_of_an_ipv4_packet_can_be_written() {
    RuleReplay replay =
        on(
            "ipv4.receive_packet",
            "local ipv4 = require('protocol/ipv4')",
            "pkt.dont_reassemble = true",
            "pkt.tos, pkt.id, pkt.ttl = 8, 0xbeef, 333",
            "pkt.flags.rb, pkt.flags.df, pkt.flags.mf = true, true, false",
            "pkt.src, pkt.dst = ipv4.addr('1.2.3.4'), ipv4.addr(5, 6, 7, 8)",
            "pkt.unknown = 1",
            "print(pkt.tos, pkt.id, pkt.ttl, pkt.src, pkt.dst, pkt.flags.all)",
            "pkt.flags.all = 2",
            "pkt.frag_offset = 83",
            "print(pkt.frag_offset, pkt.flags.all)",
            "pkt.frag_offset = 0",
            "pkt.version = 77",
            "print(pkt.version)",
            "pkt.version, pkt.checksum = 4, 1",
            "print(pkt:verify_checksum())",
            "pkt:compute_checksum()",
            "print(pkt:verify_checksum())");
    replay.receive(frames(segment().toIpv4()));
    assertThat(replay.text()).isEqualTo("8 48879 77 1.2.3.4 5.6.7.8 6\n80 2\n13\nfalse\ntrue");
  }

  @Test
  void a_negative_number_is_refused_and_nothing_written() {
    RuleReplay replay =
        on(
            "ipv4.receive_packet",
            "print(pcall(function () pkt.len = -84 end))",
            "print(pkt.len)",
            "print(pcall(function () pkt.src = 'x' end))");
    replay.receive(frames(segment().toIpv4()));
    assertThat(replay.text())
        .isEqualTo("false number must not be negative\n45\nfalse expected 'addr' got 'string'");
  }

  @Test
  void every_attribute_of_a_tcp_packet_can_be_read() {
    RuleReplay replay =
        on(
            "tcp.receive_packet",
            "print(pkt.srcport, pkt.dstport, pkt.seq, pkt.ack_seq, pkt.res, pkt.hdr_len)",
            "print(pkt.window_size, pkt.urgent_pointer, pkt.checksum > 0, pkt.name)",
            "print(pkt.payload:sub():asstring(), pkt:verify_checksum())",
            "local f = pkt.flags",
            "print(f.fin, f.syn, f.rst, f.psh, f.ack, f.urg, f.ecn, f.cwr, f.all)");
    replay.receive(frames(segment().toIpv4()));
    assertThat(replay.text())
        .isEqualTo(
            """
            1234 80 4294967280 77 0 20
            500 3 true tcp
            hello true
            false false false true true true false false 56\
            """);
  }

  @Test
  void every_attribute_of_a_tcp_packet_can_be_written() {
    RuleReplay replay =
        on(
            "tcp.send_packet",
            "pkt.srcport, pkt.dstport, pkt.seq, pkt.ack_seq = 1, 65535, 2, 2 ^ 32 - 1",
            "pkt.res, pkt.window_size, pkt.urgent_pointer = 1, 65536 + 32, 15",
            "pkt.flags.all = 0",
            "for _, name in ipairs{'fin','syn','rst','psh','ack','urg','ecn','cwr'} do",
            "  pkt.flags[name] = true",
            "end",
            "print(pkt.srcport, pkt.dstport, pkt.seq, pkt.ack_seq, pkt.res, pkt.window_size)",
            "print(pkt.urgent_pointer, pkt.flags.all)",
            "pkt.hdr_len = 20",
            "pkt.checksum = 0",
            "print(pkt.checksum, pkt:verify_checksum())",
            "pkt:compute_checksum()",
            "print(pkt:verify_checksum(), pkt.flags.all)",
            "pkt.payload:sub():setstring('bye')");
    replay.rules(
        "haka.policy{ on = haka.dissectors.tcp_connection.policies.no_connection_found,",
        "  name = 'pass', action = haka.policy.accept }");
    replay.text();
    replay.receive(frames(segment().toIpv4()));
    assertThat(replay.text()).isEqualTo("1 65535 2 4294967295 1 32\n15 255\n0 false\ntrue 255");
    assertThat(new String(replay.sent.getFirst(), ISO_8859_1)).endsWith("bye");
  }

  @Test
  void names_that_tcp_does_not_have_are_those_of_the_layers_below() {
    RuleReplay replay =
        on(
            "tcp.receive_packet",
            "print(pkt.src, pkt.dst, pkt.ttl, pkt.len, pkt.timestamp.secs)",
            "pkt.data.seen = 'yes'",
            "print(pkt.data.seen, pkt:parent('packet').data.seen, pkt._private)",
            "print(pkt:parent() == pkt:parent('ipv4'), pkt:parent(0) == pkt, pkt:parent('udp'))",
            "print(pkt:parent(2).name, pkt.ip.name, type(pkt))",
            "print(pcall(function () return pkt.none end))");
    replay.receive(frames(segment().toIpv4()));
    assertThat(replay.text())
        .isEqualTo(
            """
            10.0.0.1 10.0.0.2 64 45 1767225600
            yes yes nil
            true true nil
            packet ipv4 userdata
            false unknown field 'none'\
            """);
  }

  @Test
  void tcp_options_can_be_read_and_written() {
    RuleReplay replay =
        on(
            "tcp.receive_packet",
            "local o = pkt.options",
            "print(o.mss, o.window_scale, o.sack_permitted, o.timestamp_value, #o.sack)",
            "o.mss = 500",
            "print(o.mss, o:has(2), #o:list(), o:list()[1].kind)",
            "o:blank(2)",
            "print(o.mss)",
            "o:set{ { kind = 2, data = '\\2\\0' } }",
            "print(o.mss, pkt.hdr_len)");
    replay.receive(frames(segment().option(TcpOption.mss(1460)).toIpv4()));
    assertThat(replay.text()).isEqualTo("1460 nil false nil 0\n500 true 1 2\nnil\n512 24");
  }

  @Test
  void a_packet_that_left_cannot_be_read() {
    RuleReplay replay =
        on(
            "tcp.receive_packet",
            "local ip = pkt.ip",
            "pkt:drop()",
            "print(pkt:can_continue(), ip:can_continue())",
            "print(pcall(function () return pkt.srcport end))",
            "print(pcall(function () return ip.ttl end))",
            "print(pcall(pkt.continue, pkt))");
    replay.receive(frames(segment().toIpv4()));
    assertThat(replay.text())
        .isEqualTo(
            """
            false false
            false invalid tcp packet
            false invalid ipv4 packet
            false nil\
            """);
    assertThat(replay.verdicts).containsExactly("drop 1 RULE");
  }

  @Test
  void the_root_packet_tells_time_rank_and_state() {
    RuleReplay replay =
        on(
            "packet.receive_packet",
            "print(pkt.id, pkt.name, #pkt.payload, pkt:state(), pkt:issent(), pkt.timestamp.nsecs)",
            "print(haka.packet_dissector(pkt), pkt:parent(), haka.capture_mode())",
            "pkt:send()",
            "print(pkt:state(), pcall(pkt.send, pkt))",
            "print(pcall(function () return pkt.none end))");
    replay.receive(frames(segment().toIpv4()));
    assertThat(replay.text())
        .isEqualTo(
            """
            1 packet 45 normal true 0
            ipv4 nil normal
            sent false operation not supported
            false unknown field 'none'\
            """);
    assertThat(replay.verdicts).containsExactly("accept 1");
  }

  @Test
  void what_is_written_into_the_root_packet_leaves() {
    RuleReplay replay = on("packet.receive_packet", "pkt.payload:sub(40, 5):setstring('good day')");
    replay.receive(new Trace().send(0x88b5, new byte[50]).frames());
    assertThat(new String(replay.sent.getFirst(), ISO_8859_1)).contains("good day");
    assertThat(replay.sent.getFirst()).hasSize(14 + 53);
  }

  @Test
  void forged_packets_are_injected_and_received() {
    RuleReplay replay =
        on(
            "tcp.receive_packet",
            "if pkt.dstport == 80 then",
            "  local copy = haka.dissectors.packet.create()",
            "  print(copy:state(), copy.id)",
            "  copy = haka.dissectors.ipv4.create(copy)",
            "  copy.src, copy.dst, copy.ttl = pkt.dst, pkt.src, 9",
            "  copy = haka.dissectors.tcp.create(copy)",
            "  copy.srcport, copy.dstport = 80, 99",
            "  copy.payload:append(haka.vbuffer_from('forged'))",
            "  copy:inject()",
            "else",
            "  print(pkt.src, pkt.ttl, pkt.dstport, pkt.payload:sub():asstring(), pkt.len)",
            "end");
    replay.receive(frames(segment().toIpv4()));
    assertThat(replay.text()).isEqualTo("forged 0\n10.0.0.2 9 99 forged 46");
  }

  @Test
  void in_pass_through_nothing_can_be_written() {
    RuleReplay replay =
        on(
            new RuleReplay(EngineMode.HAKA_PASS_THROUGH),
            "tcp.receive_packet",
            "print(pcall(function () pkt.srcport = 3 end))",
            "print(pcall(function () pkt.flags.fin = true end))",
            "print(pcall(function () pkt.ip.ttl = 3 end))",
            "print(pcall(function () pkt.payload:sub():erase() end))",
            "print(pcall(pkt.inject, pkt), haka.capture_mode())");
    replay.receive(frames(segment().toIpv4()));
    assertThat(replay.text())
        .isEqualTo(
            """
            false read only buffer
            false read only buffer
            false read only buffer
            false read only buffer
            false passthrough\
            """);
  }

  @Test
  void every_attribute_of_an_ipv6_packet_can_be_read_and_written() {
    RuleReplay replay =
        on(
            "ipv6.receive_packet",
            "print(pkt.version, pkt.traffic_class, pkt.flow_label, pkt.len, pkt.hop_limit)",
            "print(pkt.proto, pkt.src, pkt.dst, pkt.name, pkt.hdr_len, #pkt.payload)",
            "pkt.hop_limit, pkt.flow_label, pkt.traffic_class = 3, 5, 7",
            "pkt.dst = require('protocol/ipv6').addr('2001:db8::9')",
            "print(pkt.ttl, pkt.flow_label, pkt.traffic_class, pkt.dst, pkt.dst.family)");
    replay.receive(
        new Trace()
            .send(
                TcpSegment.between("[2001:db8::1]:1234", "[2001:db8::2]:80")
                    .payload("abc")
                    .toIpv6())
            .frames());
    assertThat(replay.text())
        .isEqualTo(
            """
            6 0 0 23 64
            6 2001:db8::1 2001:db8::2 ipv6 40 23
            3 5 7 2001:db8::9 6\
            """);
  }

  @Test
  void icmp_messages_can_be_read_and_written() {
    RuleReplay replay =
        on(
            "icmp.receive_packet",
            "print(pkt.type, pkt.code, pkt:verify_checksum(), #pkt.payload, pkt.name, pkt.src)",
            "pkt.type, pkt.code = 0, 1",
            "print(pkt.type, pkt.code)");
    replay.receive(
        new Trace().send(IcmpMessage.between("10.0.0.1", "10.0.0.2").echo(1, 2).toIp()).frames());
    assertThat(replay.text()).startsWith("8 0 true").endsWith("icmp 10.0.0.1\n0 1");
    assertThat(replay.verdicts).containsExactly("accept 1");
  }
}
