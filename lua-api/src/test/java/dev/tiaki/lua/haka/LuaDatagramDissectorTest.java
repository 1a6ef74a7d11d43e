package dev.tiaki.lua.haka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.traffic.Frame;
import dev.tiaki.traffic.IpDatagram;
import dev.tiaki.traffic.Trace;
import dev.tiaki.traffic.UdpDatagram;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Protocols on UDP that rule files write, and the console's view of flows. */
class LuaDatagramDissectorTest {
  /** A protocol whose datagrams are a letter and a number of one octet. */
  private static final String[] LETTERS = {
    "local udp_connection = require('protocol/udp_connection')",
    "local Letters = haka.dissector.new{",
    "  type = udp_connection.helper.UdpFlowDissector, name = 'letters' }",
    "Letters:register_event('letter')",
    "Letters.grammar = haka.grammar.new('letters', function ()",
    "  message = record{ field('letter', token('[a-z]')), field('count', number(8)) }",
    "  export(message)",
    "end)",
    "Letters.state_machine = haka.state_machine.new('letters', function ()",
    "  state_type(BidirectionalState)",
    "  talking = state(Letters.grammar.message, Letters.grammar.message)",
    "  any:on{ event = events.parse_error, execute = function (self, err) self:drop() end }",
    "  talking:on{ events = { events.up, events.down },",
    "    execute = function (self, result, pkt, payload)",
    "      self:trigger('letter', result)",
    "      self:send(pkt, payload)",
    "    end, jump = talking }",
    "  initial(talking)",
    "end)",
    "haka.policy{ on = haka.dissectors.udp_connection.policies.next_dissector, port = 7777,",
    "  name = 'letters', action = haka.dissectors.letters.install }"
  };

  private static List<Frame> frames(IpDatagram... datagrams) {
    Trace trace = new Trace();
    for (IpDatagram datagram : datagrams) {
      trace.send(datagram);
    }
    return trace.frames();
  }

  private static IpDatagram up(String text) {
    return UdpDatagram.between("10.0.0.1:5000", "10.0.0.2:7777").payload(text).toIp();
  }

  private static IpDatagram down(String text) {
    return UdpDatagram.between("10.0.0.2:7777", "10.0.0.1:5000").payload(text).toIp();
  }

  private static String payload(byte[] frame) {
    return new String(frame, 42, frame.length - 42, ISO_8859_1);
  }

  @Test
  void a_dissector_parses_each_datagram_and_sends_it_on() {
    RuleReplay replay = new RuleReplay().rules(LETTERS);
    replay.rules(
        "haka.rule{ on = haka.dissectors.letters.events.letter, eval = function (letters, message)",
        "  print(letters.name, letters.srcip, letters.dstport, message.letter, message.count)",
        "  message.count = 66",
        "end }");
    replay.text();
    replay.receive(frames(up("a0"), down("b1 and more")));
    assertThat(replay.text()).isEqualTo("letters 10.0.0.1 7777 a 48\nletters 10.0.0.1 7777 b 49");
    assertThat(replay.sent)
        .extracting(LuaDatagramDissectorTest::payload)
        .containsExactly("aB", "bB and more");
    assertThat(replay.verdicts).containsExactly("accept 1", "accept 2");
    assertThat(replay.defects).isEmpty();
  }

  @Test
  void what_does_not_parse_drops_the_flow() {
    RuleReplay replay = new RuleReplay().rules(LETTERS);
    replay.text();
    replay.receive(frames(up("0"), up("a0")));
    assertThat(replay.verdicts).allMatch(verdict -> verdict.startsWith("drop"));
    assertThat(replay.defects).isEmpty();
  }

  @Test
  void a_rule_selects_a_dissector_by_hand_and_what_nobody_sends_is_dropped() {
    RuleReplay replay =
        new RuleReplay()
            .rules(
                "local Mute = haka.dissector.new{ name = 'mute',",
                "  type = require('protocol/udp_connection').helper.UdpFlowDissector }",
                "function Mute.method:receive(pkt, payload, direction)",
                "  print(direction, #payload)",
                "  if direction == 'down' then self.flow:send(pkt, payload) end",
                "end",
                "haka.rule{ on = haka.dissectors.udp_connection.events.new_connection,",
                "  eval = function (flow, pkt) flow:select_next_dissector(Mute) end }");
    replay.text();
    replay.receive(frames(up("ask"), down("answer")));
    assertThat(replay.text()).isEqualTo("up 3\ndown 6");
    assertThat(replay.verdicts.getFirst()).startsWith("drop 1");
    assertThat(replay.verdicts.get(1)).isEqualTo("accept 2");
    assertThat(payload(replay.sent.getFirst())).isEqualTo("answer");
  }

  @Test
  void the_console_lists_flows_and_drops_them() {
    RuleReplay replay =
        new RuleReplay()
            .rules(
                "local console = require('protocol/udp_connection').console",
                "haka.rule{ on = haka.dissectors.udp_connection.events.receive_data,",
                "  eval = function (flow, pkt, direction)",
                "    if direction == 'up' then return end",
                "    local rows = console.list_connections()",
                "    print(#rows, rows[1].id, rows[1].srcip, rows[1].dstport, rows[1].in_pkts)",
                "    console.drop_connection(rows[1].id)",
                "    print(#console.list_connections(), #console.list_connections(true))",
                "    print(pcall(console.drop_connection, '0-99'))",
                "  end }");
    replay.text();
    replay.receive(frames(up("ask"), down("answer"), up("more")));
    assertThat(replay.text()).isEqualTo("1 0-1 10.0.0.1 7777 1\n0 1\nfalse unknown udp connection");
    assertThat(replay.verdicts.getFirst()).isEqualTo("accept 1");
    assertThat(replay.verdicts.subList(1, 3)).allMatch(verdict -> verdict.startsWith("drop"));
  }
}
