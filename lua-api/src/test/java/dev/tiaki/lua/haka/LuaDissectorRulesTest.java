package dev.tiaki.lua.haka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.traffic.Conversation;
import org.junit.jupiter.api.Test;

/** Dissectors written in Lua, on packets and on connections, beside those of the engine. */
class LuaDissectorRulesTest {
  /** A protocol that counts words: every line in one direction is an event. */
  private static final String LINES =
      """
      local tcp_connection = require('protocol/tcp_connection')
      local Lines = haka.dissector.new{
        name = 'lines', type = tcp_connection.helper.TcpFlowDissector }
      Lines:register_event('line')
      Lines:register_streamed_event('data')
      function Lines.method:receive_streamed(iter, direction)
        while iter:wait() do
          local sub = iter:sub('available')
          self.count = (self.count or 0) + 1
          self:trigger('line', sub:asstring(), direction)
        end
        print('end of', direction)
      end
      haka.policy{ on = haka.dissectors.tcp_connection.policies.next_dissector, port = 80,
        action = haka.dissectors.lines.install }
      """;

  private static Conversation conversation() {
    return Conversation.between("10.0.0.1:1234", "10.0.0.2:80").handshake();
  }

  private static RuleReplay rules(String start, String... lines) {
    RuleReplay replay = new RuleReplay().rules(start + String.join("\n", lines));
    replay.text();
    return replay;
  }

  @Test
  void a_flow_dissector_reads_both_directions_and_tells_rules() {
    RuleReplay replay =
        rules(
            LINES,
            "haka.rule{ on = haka.dissectors.lines.events.line, eval = function (l, text, direction)",
            "  print(l.name, text, direction, l.srcport, l.count, l.flow.dstport, l.never)",
            "end }");
    replay.receive(conversation().up("hello").down("world").fin().frames());
    assertThat(replay.text())
        .isEqualTo(
            "lines hello up 1234 1 80 nil\nlines world down 1234 2 80 nil\nend of up\nend of down");
    assertThat(replay.sent).hasSize(8);
  }

  @Test
  void a_drop_in_a_rule_skips_the_other_rules_and_ends_the_connection() {
    RuleReplay replay =
        rules(
            LINES,
            "local on = haka.dissectors.lines.events.line",
            "haka.rule{ on = on, eval = function (l) l:drop() print('dropped', l.srcip) end }",
            "haka.rule{ on = on, eval = function () print('never') end }",
            "haka.rule{ on = haka.dissectors.tcp_connection.events.end_connection,",
            "  eval = function () print('end of connection') end }");
    replay.receive(conversation().up("hello").down("world").frames());
    assertThat(replay.text()).isEqualTo("end of connection\ndropped 10.0.0.1");
    assertThat(replay.verdicts).endsWith("drop 4 RULE", "drop 5 FLOW_DROPPED");
  }

  @Test
  void an_error_is_logged_under_the_dissectors_name_and_drops_the_connection() {
    RuleReplay replay =
        rules(
            LINES,
            "haka.rule{ on = haka.dissectors.lines.events.line,",
            "  eval = function () error('bad rule', 0) end }");
    replay.receive(conversation().up("hello").down("world").frames());
    assertThat(replay.text()).isEqualTo("error lua: lines: bad rule");
    assertThat(replay.verdicts).endsWith("drop 5 FLOW_DROPPED");
  }

  @Test
  void the_statement_that_is_registered_last_decides_over_what_a_rule_selected() {
    RuleReplay replay =
        rules(
            LINES,
            "local Other = haka.dissector.new{ name = 'other',",
            "  type = tcp_connection.helper.TcpFlowDissector }",
            "function Other.method:receive(stream, iter, direction)",
            "  print('other', iter:sub('available'):asstring()) self:send(direction)",
            "end",
            "haka.rule{ on = haka.dissectors.tcp_connection.events.new_connection,",
            "  eval = function (flow) flow:select_next_dissector(Other) end }",
            "haka.rule{ on = Lines.events.line, eval = function (_, text) print('lines', text) end }");
    replay.receive(conversation().up("x").frames());
    assertThat(replay.text()).isEqualTo("lines x");
    replay.receive(Conversation.between("10.0.0.1:9", "10.0.0.2:81").handshake().up("y").frames());
    assertThat(replay.text()).isEqualTo("other y");
    assertThat(replay.sent).hasSize(8);
  }

  @Test
  void a_machine_of_a_flow_dissector_is_run_by_the_stream_and_finished_with_it() {
    RuleReplay replay =
        rules(
            """
            local tcp_connection = require('protocol/tcp_connection')
            local P = haka.dissector.new{ name = 'p', type = tcp_connection.helper.TcpFlowDissector }
            local Bytes = haka.state_machine.new_state_type{ events = { 'byte' },
              update = function (self, machine, iter, direction)
                machine:trigger('byte', iter:sub(1):asstring(), direction)
              end }
            P.state_machine = haka.state_machine.new('p', function ()
              state_type(Bytes)
              first = state() second = state()
              first:on{ event = events.byte, execute = function (self, b, d)
                print('first', b, d, self.state)
              end, jump = second }
              second:on{ event = events.byte, execute = function (self, b) print('second', b) end,
                jump = first }
              any:on{ event = events.finish, execute = function (self) print('finish', self.name) end }
              initial(first)
            end)
            haka.rule{ on = haka.dissectors.tcp_connection.events.new_connection,
              eval = function (flow) flow:select_next_dissector(P) end }
            """);
    replay.receive(conversation().up("abc").fin().frames());
    assertThat(replay.text()).isEqualTo("first a up first\nsecond b\nfirst c up first\nfinish p");
  }

  /** A protocol of two octets in front of its payload, on IPv4 protocol 6. */
  private static final String PACKETS =
      """
      local Odd = haka.dissector.new{ name = 'odd', type = haka.helper.PacketDissector }
      function Odd.method:parse_payload(pkt, payload)
        self.first = payload:sub(0, 2):asnumber()
        self.rest = payload:sub(2)
      end
      function Odd.method:forge_payload(pkt, payload)
        payload:sub(0, 2):setnumber(self.first)
      end
      haka.policy{ on = haka.dissectors.ipv4.policies.next_dissector, proto = 6,
        action = haka.dissectors.odd.install }
      """;

  @Test
  void a_packet_dissector_stands_on_ip_and_edits_reach_the_wire() {
    RuleReplay replay =
        rules(
            PACKETS,
            "haka.rule{ on = haka.dissectors.odd.events.receive_packet, eval = function (odd)",
            "  print(odd.first, odd.src, odd.name, odd:parent().name, odd:parent('packet').name)",
            "  print(odd:parent(2) == odd:parent('packet'), odd:parent('none'))",
            "  odd.first = 0xabcd",
            "end }",
            "haka.rule{ on = haka.dissectors.odd.events.send_packet,",
            "  eval = function (odd) print('send', odd.first) end }");
    replay.receive(Conversation.between("10.0.0.1:1234", "10.0.0.2:80").syn().frames());
    assertThat(replay.text()).isEqualTo("1234 10.0.0.1 odd ipv4 packet\ntrue nil\nsend 43981");
    assertThat(new String(replay.sent.getFirst(), 34, 2, ISO_8859_1)).isEqualTo("\u00ab\u00cd");
  }

  @Test
  void a_packet_that_a_rule_drops_is_dropped_and_one_that_fails_too() {
    RuleReplay replay =
        rules(
            PACKETS,
            "haka.rule{ on = haka.dissectors.odd.events.receive_packet, eval = function (odd)",
            "  if odd:parent('packet').id == 1 then odd:drop() else print(odd.unknown_field) end",
            "end }",
            "haka.rule{ on = haka.dissectors.odd.events.receive_packet,",
            "  eval = function () print('never') end }");
    replay.receive(Conversation.between("10.0.0.1:1", "10.0.0.2:2").syn().synAck().frames());
    assertThat(replay.text()).isEqualTo("error lua: odd: unknown field 'unknown_field'");
    assertThat(replay.verdicts).containsExactly("drop 1 RULE", "drop 2 RULE");
  }

  @Test
  void a_dissector_may_stand_on_another_lua_dissector() {
    RuleReplay replay =
        rules(
            PACKETS,
            "local Top = haka.dissector.new{ name = 'top', type = haka.helper.PacketDissector }",
            "Odd.property.payload = { get = function (self) return self.rest end }",
            "function Odd.method:install_criterion() return { first = self.first } end",
            "function Top.method:parse_payload(pkt, payload) self.size = #payload end",
            "function Top.method:forge_payload() end",
            "haka.policy{ on = haka.dissectors.odd.policies.next_dissector, first = 7,",
            "  action = haka.dissectors.top.install }",
            "haka.rule{ on = haka.dissectors.top.events.receive_packet,",
            "  eval = function (top) print(top.size, top.first, top.dst) end }");
    replay.receive(Conversation.between("10.0.0.1:7", "10.0.0.2:80").syn().frames());
    replay.receive(Conversation.between("10.0.0.1:8", "10.0.0.2:80").syn().frames());
    assertThat(replay.text()).isEqualTo("22 7 10.0.0.2");
    assertThat(replay.sent).hasSize(2);
  }

  @Test
  void dissectors_and_their_tables_are_checked() {
    assertThat(
            new RuleReplay()
                .rules(
                    "local helper = haka.helper",
                    "local function why(f, ...)",
                    "  print((tostring(select(2, pcall(f, ...))):gsub('^[^ ]*:%d+: ', '')))",
                    "end",
                    "why(haka.dissector.new, { name = 'x' })",
                    "haka.dissector.new{ name = 'x', type = helper.PacketDissector }",
                    "why(haka.dissector.new, { name = 'x', type = helper.PacketDissector })",
                    "why(function () return haka.dissectors.x.events.nope end)",
                    "why(function () return haka.dissectors.x.policies.nope end)",
                    "print(haka.dissectors.x.policies.next_dissector.name)",
                    "print(haka.dissectors.x.events.send_packet.name)",
                    "print(haka.dissector.opposite_direction('up'))",
                    "local D = haka.dissector.new{ name = 'd', type = helper.Dissector }",
                    "local d = D:new(nil)",
                    "why(d.send, d)",
                    "why(function () return d.field end)",
                    "D:available_fields{ 'field' }",
                    "print(d.field, d.name, d.state, d:parent())")
                .text())
        .isEqualTo(
            """
            no type defined for dissector 'x'
            dissector 'x' already defined
            unkown event 'nope'
            unkown policy 'nope'
            x next dissector
            x:send_packet
            down
            not implemented
            unknown field 'field' on dissector 'd'
            nil d nil nil\
            """);
  }

  @Test
  void a_field_of_the_grammar_that_a_packet_is_without_reads_as_nil() {
    RuleReplay replay =
        rules(
            "",
            "local D = haka.dissector.new{ type = haka.helper.PacketDissector, name = 'd' }",
            "D.grammar = haka.grammar.new('d', function ()",
            "  msg = record{ field('kind', number(8)),",
            "    field('src', optional(number(8), function (self) return self.kind == 9 end)) }",
            "  export(msg)",
            "end)",
            "haka.policy{ on = haka.dissectors.ipv4.policies.next_dissector, proto = 6,",
            "  action = haka.dissectors.d.install }",
            "haka.rule{ on = haka.dissectors.d.events.receive_packet, eval = function (d)",
            "  print(d.kind, d.src, tostring(d.dst), pcall(function () return d.other end))",
            "end }");
    replay.receive(conversation().frames().subList(0, 1));
    assertThat(replay.text()).isEqualTo("4 nil 10.0.0.2 false unknown field 'other'");
  }
}
