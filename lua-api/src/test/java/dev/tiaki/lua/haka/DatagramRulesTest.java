package dev.tiaki.lua.haka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Encapsulation;
import dev.tiaki.traffic.Frame;
import dev.tiaki.traffic.IcmpMessage;
import dev.tiaki.traffic.IpDatagram;
import dev.tiaki.traffic.Ipv4Datagram;
import dev.tiaki.traffic.Trace;
import dev.tiaki.traffic.TunnelBytes;
import dev.tiaki.traffic.UdpDatagram;
import java.util.List;
import org.junit.jupiter.api.Test;

/** UDP, its flows, and ICMP of both families as rules see them. */
class DatagramRulesTest {
  private static List<Frame> frames(IpDatagram... datagrams) {
    Trace trace = new Trace();
    for (IpDatagram datagram : datagrams) {
      trace.send(datagram);
    }
    return trace.frames();
  }

  private static IpDatagram ask() {
    return UdpDatagram.between("10.0.0.1:5000", "10.0.0.2:69").payload("ask").toIp();
  }

  private static IpDatagram ask6() {
    return UdpDatagram.between("[2001:db8::1]:5000", "[2001:db8::2]:69").payload("ask").toIp();
  }

  private static IpDatagram answer() {
    return UdpDatagram.between("10.0.0.2:69", "10.0.0.1:5000").payload("answer").toIp();
  }

  private static RuleReplay rules(RuleReplay replay, String... lines) {
    replay.rules(lines);
    replay.text();
    return replay;
  }

  @Test
  void the_same_addresses_in_two_virtual_networks_are_two_flows() {
    RuleReplay replay =
        rules(
            new RuleReplay(),
            "haka.rule{ on = haka.dissectors.udp_connection.events.new_connection,",
            "  eval = function (flow, pkt) if pkt.dstport == 69 then print('new') end end }",
            "haka.rule{ on = haka.dissectors.udp_connection.events.receive_data,",
            "  eval = function (flow, pkt, direction)",
            "    if pkt.dstport == 69 or pkt.srcport == 69 then",
            "      flow.count = (flow.count or 0) + 1; print(direction, flow.count) end end }");
    replay.receive(frames(inNetwork(7, ask()), inNetwork(8, ask()), inNetwork(7, answer()), ask()));
    assertThat(replay.text()).isEqualTo("new\nup 1\nnew\nup 1\ndown 2\nnew\nup 1");
  }

  private static IpDatagram inNetwork(int network, IpDatagram datagram) {
    byte[] frame = Encapsulation.ethernet().frame(datagram.bytes(), 0).bytes();
    return UdpDatagram.between("192.168.0.1:999", "192.168.0.2:4789")
        .payload(TunnelBytes.vxlan(network, frame))
        .toIp();
  }

  @Test
  void a_udp_packet_is_a_table_with_fields_and_what_is_below() {
    RuleReplay replay =
        rules(
            new RuleReplay(),
            "haka.rule{ on = haka.dissectors.udp.events.receive_packet, eval = function (pkt)",
            "  print(type(pkt), pkt.name, pkt.srcport, pkt.dstport, pkt.length, #pkt.payload)",
            "  print(pkt.src, pkt:verify_checksum(), pkt:parent().name, pkt:parent(2).name)",
            "  print(pkt.payload:asstring(), pkt.ip == pkt:parent(), pcall(function ()",
            "    return pkt.nothing end))",
            "  pkt.mine = 1; print(pkt.mine)",
            "end }");
    replay.receive(frames(ask(), ask6()));
    assertThat(replay.text())
        .isEqualTo(
            """
            table udp 5000 69 11 3
            10.0.0.1 true ipv4 packet
            ask true false unknown field 'nothing'
            1
            table udp 5000 69 11 3
            2001:db8::1 true ipv6 packet
            ask true false unknown field 'nothing'
            1\
            """);
  }

  @Test
  void a_udp_packet_is_shown_as_an_instance_of_a_class() {
    RuleReplay replay =
        rules(
            new RuleReplay(),
            "local class = require('class')",
            "haka.rule{ on = haka.dissectors.udp.events.receive_packet, eval = function (pkt)",
            "  debug.pprint(pkt, { depth = 1, hide = debug.hide_underscore })",
            "  print(class.classof(pkt).name)",
            "end }");
    replay.receive(frames(ask()));
    assertThat(replay.text())
        .isEqualTo(
            """
            class udp {
              checksum : 36041
              dstport : 69
              length : 11
              payload : userdata vbuffer_sub
              srcport : 5000
            }
            udp\
            """
                .replace("36041", String.valueOf(checksumOf(ask()))));
  }

  private static int checksumOf(IpDatagram udp) {
    byte[] bytes = udp.bytes();
    return (bytes[26] & 0xff) << 8 | (bytes[27] & 0xff);
  }

  @Test
  void an_edited_payload_leaves_with_the_right_length() {
    RuleReplay replay =
        rules(
            new RuleReplay(),
            "haka.rule{ on = haka.dissectors.udp_connection.events.receive_data,",
            "  eval = function (flow, pkt, direction)",
            "    pkt.payload:setstring('longer than before')",
            "    pkt.dstport = 70",
            "  end }");
    replay.receive(frames(ask()));
    byte[] expected =
        UdpDatagram.between("10.0.0.1:5000", "10.0.0.2:70")
            .payload("longer than before")
            .toIp()
            .bytes();
    assertThat(replay.sent.getFirst()).endsWith(expected);
  }

  @Test
  void a_flow_says_its_ends_and_can_be_dropped_as_it_opens() {
    RuleReplay replay =
        rules(
            new RuleReplay(),
            "local e = haka.dissectors.udp_connection.events",
            "haka.rule{ on = e.new_connection, eval = function (flow, pkt)",
            "  print('new', flow.srcip, flow.srcport, flow.dstip, flow.dstport, flow.state)",
            "  flow.count = 0",
            "end }",
            "haka.rule{ on = e.receive_data, eval = function (flow, pkt, direction)",
            "  flow.count = flow.count + 1",
            "  print(direction, #pkt.payload, flow.count, flow.in_pkts, flow.out_pkts, flow.id)",
            "  if direction == 'down' then flow:drop() end",
            "end }",
            "haka.rule{ on = e.end_connection, eval = function (flow)",
            "  print('end', flow.count)",
            "end }");
    replay.receive(frames(ask(), answer(), ask()));
    assertThat(replay.text())
        .isEqualTo(
            """
            new 10.0.0.1 5000 10.0.0.2 69 established
            up 3 1 1 0 1
            down 6 2 1 1 1
            end 2\
            """);
    assertThat(replay.verdicts)
        .containsExactly("accept 1", "drop 2 FLOW_DROPPED", "drop 3 FLOW_DROPPED");
  }

  @Test
  void dropping_in_new_connection_works_and_an_alert_names_the_flow() {
    RuleReplay replay =
        rules(
            new RuleReplay(),
            "haka.rule{ on = haka.dissectors.udp_connection.events.new_connection,",
            "  eval = function (flow) haka.alert{ description = 'no' } flow:drop() end }");
    replay.receive(frames(ask(), answer()));
    assertThat(replay.defects).isEmpty();
    assertThat(replay.text()).isEmpty();
    assertThat(replay.verdicts).containsExactly("drop 1 FLOW_DROPPED", "drop 2 FLOW_DROPPED");
    assertThat(replay.alerts.getFirst().context().flow().protocol()).isEqualTo("UDP");
  }

  @Test
  void a_flow_nobody_claimed_is_shown_with_its_first_bytes() {
    RuleReplay replay =
        rules(
            new RuleReplay(),
            "haka.rule{ on = haka.dissectors.udp_connection.events.detect_protocol,",
            "  eval = function (flow, pkt) print('what is', pkt.payload:asstring()) end }");
    replay.receive(frames(ask(), answer(), ask()));
    assertThat(replay.text()).isEqualTo("what is ask");
  }

  @Test
  void as_haka_does_it_an_error_of_a_rule_drops_the_flow() {
    RuleReplay replay =
        rules(
            new RuleReplay(EngineMode.HAKA),
            "require('protocol/udp_connection')",
            "haka.rule{ on = haka.dissectors.udp_connection.events.receive_data,",
            "  eval = function (flow) print(flow.nothing) error('bad', 0) end }");
    replay.receive(frames(ask(), answer()));
    assertThat(replay.text()).isEqualTo("nil\nerror udp: bad");
    assertThat(replay.verdicts).containsExactly("drop 1 RULE_ERROR", "drop 2 FLOW_DROPPED");
  }

  @Test
  void icmp_messages_say_their_kind_and_what_they_quote() {
    RuleReplay replay =
        rules(
            new RuleReplay(),
            "local function show(pkt)",
            "  local q = pkt.quoted",
            "  print(pkt.name, pkt.type, pkt.code, pkt.kind, pkt.echo_id, pkt.echo_seq, pkt.mtu,",
            "    q and q.src, q and q.srcport, q and q.dst, q and q.dstport, q and q.proto)",
            "end",
            "haka.rule{ on = haka.dissectors.icmp.events.receive_packet, eval = show }",
            "haka.rule{ on = haka.dissectors.icmpv6.events.receive_packet, eval = show }");
    replay.receive(
        frames(
            IcmpMessage.between("10.0.0.1", "10.0.0.2").echo(7, 9).toIp(),
            IcmpMessage.between("10.0.0.2", "10.0.0.1").portUnreachable(ask()).toIp(),
            IcmpMessage.between("2001:db8::2", "2001:db8::1").portUnreachable(ask6()).toIp(),
            IcmpMessage.between("2001:db8::2", "2001:db8::1").type(2, 0).rest(1280).toIp()));
    assertThat(replay.text())
        .isEqualTo(
            """
            icmp 8 0 echo_request 7 9 nil nil nil nil nil nil
            icmp 3 3 unreachable nil nil nil 10.0.0.1 5000 10.0.0.2 69 17
            icmpv6 1 4 unreachable nil nil nil 2001:db8::1 5000 2001:db8::2 69 17
            icmpv6 2 0 packet_too_big nil nil 1280 nil nil nil nil nil\
            """);
  }

  @Test
  void the_packet_of_a_tunnel_is_seen_and_its_parent_is_the_way_out() {
    RuleReplay replay =
        rules(
            new RuleReplay(),
            "haka.rule{ on = haka.dissectors.udp.events.receive_packet, eval = function (pkt)",
            "  local ip = pkt:parent()",
            "  print(ip.src, ip:parent().name, ip:parent().src, ip:parent(2).name)",
            "end }");
    replay.receive(
        frames(
            Ipv4Datagram.from("192.0.2.1", "192.0.2.2")
                .protocol(47)
                .payload(TunnelBytes.gre(0x0800, ask().bytes()))));
    assertThat(replay.text()).isEqualTo("10.0.0.1 ipv4 192.0.2.1 packet");
    assertThat(replay.verdicts).containsExactly("accept 1");
  }
}
