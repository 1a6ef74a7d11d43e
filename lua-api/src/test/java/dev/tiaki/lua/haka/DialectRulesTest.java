package dev.tiaki.lua.haka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Conversation;
import org.junit.jupiter.api.Test;

/** Rule files of older releases run as they are; those of the first are told what to write. */
class DialectRulesTest {
  private static Conversation web() {
    return Conversation.between("192.168.10.7:1234", "192.168.20.1:80").handshake();
  }

  private static Conversation other() {
    return Conversation.between("192.168.10.7:1234", "192.168.20.1:23").handshake();
  }

  @Test
  void a_rule_group_of_the_time_of_tcp_dash_connection_filters_connections() {
    RuleReplay replay =
        new RuleReplay()
            .rules(
                """
                local ipv4 = require('protocol/ipv4')
                local tcp_connection = require('protocol/tcp-connection')
                local client_network = ipv4.network('192.168.10.0/25')
                local group = haka.rule_group{
                  hook = tcp_connection.events.new_connection,
                  init = function (flow, pkt)
                    haka.log.info('filter', 'entering packet filtering rules : %d --> %d',
                      pkt.srcport, pkt.dstport)
                  end,
                  final = function (flow, pkt)
                    haka.alert{
                      description = 'Packet dropped : drop by default',
                      sources = haka.alert.address(pkt.ip.src, pkt.srcport),
                    }
                    pkt:drop()
                  end,
                  continue = function (ret, flow, pkt) return not ret end,
                }
                group:rule{ eval = function (flow, tcp)
                  if client_network:contains(tcp.ip.src) and tcp.dstport == 80 then
                    haka.log.warning('authorizing http traffic')
                    return true
                  end
                end }
                """);
    replay.text();
    replay.receive(web().up("x").frames()).receive(other().up("y").frames());
    assertThat(replay.text())
        .isEqualTo(
            """
            info filter: entering packet filtering rules : 1234 --> 80
            warn external: authorizing http traffic
            info filter: entering packet filtering rules : 1234 --> 23\
            """);
    assertThat(replay.sent).hasSize(4);
    assertThat(replay.alerts)
        .singleElement()
        .satisfies(alert ->
            assertThat(alert.sources().getFirst().values())
                .containsExactly("192.168.10.7", "1234"));
  }

  @Test
  void the_hook_keyword_is_taken_with_a_warning() {
    RuleReplay replay =
        new RuleReplay()
            .rules(
                "local raw = require('protocol/raw')",
                "haka.rule{ hook = raw.events.receive_packet,",
                "  eval = function (pkt) print(pkt.id, pkt.name) end }");
    assertThat(replay.text())
        .isEqualTo(
            "warn core: rule at rules.lua:2 uses 'hook' keyword which is deprecated and should be"
                + " replaced by 'on'");
    replay.receive(web().frames().subList(0, 1));
    assertThat(replay.text()).isEqualTo("1 packet");
  }

  @Test
  void with_protocol_raw_unknown_frames_pass_unless_told_otherwise() {
    RuleReplay lets = new RuleReplay(EngineMode.HAKA).rules("require('protocol/raw')");
    lets.receive(web().frames().subList(0, 1));
    assertThat(lets.verdicts).containsExactly("accept 1");
    RuleReplay drops =
        new RuleReplay(EngineMode.HAKA)
            .rules("require('protocol/raw').options.drop_unknown_dissector = true");
    drops.receive(web().frames().subList(0, 1));
    assertThat(drops.verdicts).containsExactly("drop 1 POLICY");
  }

  @Test
  void fragments_are_processed_as_they_are_when_reassembly_is_disabled() {
    RuleReplay replay =
        new RuleReplay()
            .rules(
                "local ipv4 = require('protocol/ipv4')",
                "ipv4.options.enable_reassembly = false",
                "haka.rule{ on = ipv4.events.send_packet,",
                "  eval = function (pkt) print(pkt.frag_offset) end }");
    replay.receive(web().up("x".repeat(32)).fragment(24).frames().subList(4, 5));
    assertThat(replay.text()).isEqualTo("24");
  }

  @Test
  void a_flow_dissector_installs_itself_on_a_port_and_keeps_its_machine_in_state() {
    RuleReplay replay =
        new RuleReplay()
            .rules(
                """
                local tcp_connection = require('protocol/tcp_connection')
                local Old = haka.dissector.new{
                  name = 'old', type = tcp_connection.helper.TcpFlowDissector }
                local Any = haka.state_machine.new_state_type{ events = { 'data' },
                  update = function (_, machine, iter)
                    machine:trigger('data', iter:sub('available'):asstring())
                  end }
                local machine = haka.state_machine('old', function ()
                  state_type(Any)
                  only = state()
                  only:on{ event = events.data, execute = function (self, text)
                    print(text, self.state.current, self.flow.srcport, self.connection.id)
                  end }
                  initial(only)
                end)
                function Old.method:__init(flow)
                  tcp_connection.helper.TcpFlowDissector.method.__init(self, flow)
                  self.state = machine:instanciate(self)
                end
                function Old.method:receive(stream, iter, direction)
                  if iter:check_available(1) then self.state:update(iter) end
                  self.flow:send(direction)
                end
                Old:install_tcp_rule(80)
                haka.rule{ on = tcp_connection.events.receive_data,
                  eval = function (flow) print(flow:next_dissector().name) end }
                """);
    replay.text();
    replay.receive(web().up("hello").frames());
    assertThat(replay.text()).isEqualTo("old\nhello only 1234 1");
    assertThat(replay.sent).hasSize(4);
  }

  @Test
  void protocols_are_registered_by_number() {
    RuleReplay replay =
        new RuleReplay()
            .rules(
                "local ipv4 = require('protocol/ipv4')",
                "local Odd = haka.dissector.new{ name = 'odd',",
                "  type = haka.helper.EncapsulatedPacketDissector }",
                "function Odd.method:parse_payload(pkt, payload) self.ip = pkt end",
                "function Odd.method:forge_payload() end",
                "ipv4.register_protocol(6, Odd)",
                "haka.rule{ on = Odd.events.receive_packet,",
                "  eval = function (odd) print(odd.name, odd.ip.src) end }");
    replay.text();
    replay.receive(web().frames().subList(0, 1));
    assertThat(replay.text()).isEqualTo("odd 192.168.10.7");
    assertThat(replay.verdicts).containsExactly("accept 1");
  }

  @Test
  void rules_of_the_first_release_are_told_what_to_write() {
    assertThat(
            new RuleReplay()
                .rules(
                    "local function why(f, ...)",
                    "  print((select(2, pcall(f, ...)):gsub('^[^ ]*:%d+: ', '')))",
                    "end",
                    "why(haka.rule, { hooks = { 'ipv4-up' }, eval = print })",
                    "why(haka.rule, { hooks = { 'http-request' }, eval = print })",
                    "local g = haka.rule_group{ on = haka.events.exiting }",
                    "why(g.rule, g, { hooks = { 'tcp-connection-new' }, eval = print })",
                    "why(haka.on_exit, print)",
                    "why(haka.disable_dissector, 'x')")
                .text())
        .isEqualTo(
            """
            rules with 'hooks' are those of Haka 0.1; instead of hooks = { 'ipv4-up' } write on = \
            haka.dissectors.ipv4.events.receive_packet
            rules with 'hooks' are those of Haka 0.1; instead of hooks = { 'http-request' } write \
            on = haka.dissectors.http.events.request
            rules with 'hooks' are those of Haka 0.1; instead of hooks = { 'tcp-connection-new' } \
            write on = haka.dissectors.tcp_connection.events.new_connection
            haka.on_exit is of Haka 0.1; use a rule on haka.events.exiting
            haka.disable_dissector is of Haka 0.1; use a policy statement on haka.dissectors\
            """);
  }

  @Test
  void log_lines_of_release_0_2_name_level_and_section() {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "haka.log.setlevel('info')",
        "haka.log.message('warning', 'mine', 'seen %d', 3)",
        "haka.log.message('info', nil, '100%')",
        "haka.log.message('debug', 'mine', 'not shown')",
        "print((select(2, pcall(haka.log.message, 'loud', 'mine', 'x'))))");
    assertThat(replay.text())
        .isEqualTo("warn mine: seen 3\ninfo unknown: 100%\ninvalid log level: loud");
  }
}
