package dev.tiaki.lua.haka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Conversation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What both names of the connection dissector have in common: attributes, methods, events. */
class TcpConnectionRulesTest {
  private static Conversation conversation() {
    return Conversation.between("10.0.0.1:1234", "10.0.0.2:80").handshake();
  }

  private static RuleReplay rule(String module, String event, String... body) {
    return rule(new RuleReplay(), module, event, body);
  }

  private static RuleReplay rule(RuleReplay replay, String module, String event, String... body) {
    return replay.rules(
        "local connection = require('protocol/" + module + "')",
        "assert(connection.events == haka.dissectors['" + module + "'].events)",
        "haka.rule{ on = haka.dissectors['" + module + "'].events." + event + ",",
        "  eval = function (...)",
        String.join("\n", body),
        "  end }");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp_connection", "tcp-connection"})
  void new_connection_shows_the_flow_and_its_first_packet(String module) {
    RuleReplay replay =
        rule(
            module,
            "new_connection",
            "local flow, tcp = ...",
            "print(flow.srcip, flow.srcport, flow.dstip, flow.dstport)",
            "print(tcp.flags.syn, tcp.flags.ack, tcp.srcport, tcp.dst, select('#', ...) >= 2)",
            "print(flow.name, flow.id, type(flow))");
    replay.receive(conversation().up("x").fin().frames());
    assertThat(replay.text())
        .isEqualTo(
            "10.0.0.1 1234 10.0.0.2 80\ntrue false 1234 10.0.0.2 true\ntcp_connection 1 table");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp_connection", "tcp-connection"})
  void end_connection_is_signalled_once(String module) {
    RuleReplay replay =
        rule(module, "end_connection", "local flow = ...", "print('end', flow.srcport)");
    replay.receive(conversation().up("x").downAck().fin().frames()).finish();
    assertThat(replay.text()).isEqualTo("end 1234");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp_connection", "tcp-connection"})
  void receive_packet_shows_each_packet_with_its_direction(String module) {
    RuleReplay replay =
        rule(
            module,
            "receive_packet",
            "local flow, tcp, direction = ...",
            "print(direction, tcp.srcport, #tcp.payload)");
    replay.receive(conversation().up("abc").frames());
    assertThat(replay.text()).isEqualTo("up 1234 0\ndown 80 0\nup 1234 0\nup 1234 3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp_connection", "tcp-connection"})
  void drop_ends_the_connection_silently(String module) {
    RuleReplay replay =
        rule(module, "receive_data", "local flow = ...", "flow:drop()", "flow:drop()");
    replay.receive(conversation().up("bad").upAck().down("late").frames());
    assertThat(replay.verdicts)
        .containsExactly(
            "accept 1",
            "accept 2",
            "accept 3",
            "drop 4 RULE",
            "drop 5 FLOW_DROPPED",
            "drop 6 FLOW_DROPPED");
    assertThat(replay.alerts).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp_connection", "tcp-connection"})
  void reset_sends_an_rst_to_both_ends(String module) {
    RuleReplay replay = rule(module, "receive_data", "local flow = ...", "flow:reset()");
    replay.receive(conversation().up("bad").frames());
    assertThat(resets(replay.sent)).contains("to client", "to server");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp_connection", "tcp-connection"})
  void halfreset_sends_an_rst_to_the_server_only(String module) {
    RuleReplay replay = rule(module, "receive_data", "local flow = ...", "flow:halfreset()");
    replay.receive(conversation().up("bad").upAck().frames());
    assertThat(resets(replay.sent)).isNotEmpty().containsOnly("to server");
    assertThat(replay.verdicts.getLast()).isEqualTo("drop 5 FLOW_DROPPED");
  }

  /** Where each RST among the frames goes; the ports of the client are 1234 and the server's 80. */
  private static List<String> resets(List<byte[]> frames) {
    return frames.stream()
        .filter(frame -> (frame[14 + 20 + 13] & 0x04) != 0)
        .map(frame -> frame[14 + 20 + 3] == 80 ? "to server" : "to client")
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp_connection", "tcp-connection"})
  void reset_needs_an_established_connection(String module) {
    RuleReplay replay =
        rule(module, "new_connection", "local flow = ...", "print(pcall(flow.reset, flow))");
    replay.receive(conversation().frames());
    assertThat(replay.text()).isEqualTo("false cannot reset a non-established connection");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp_connection", "tcp-connection"})
  void send_takes_a_direction_or_none(String module) {
    RuleReplay replay =
        rule(
            module,
            "receive_data",
            "local flow = ...",
            "flow:send('up')",
            "flow:send('down')",
            "flow:send()",
            "print(pcall(flow.send, flow, 'left'))");
    replay.receive(conversation().up("abc").frames());
    assertThat(replay.text()).isEqualTo("false invalid direction 'left', expected 'up' or 'down'");
    assertThat(replay.verdicts).endsWith("accept 4");
  }

  @Test
  void bypass_ends_the_inspection() {
    RuleReplay replay =
        rule(
            "tcp_connection",
            "receive_data",
            "local flow, sub = ...",
            "print(#sub)",
            "flow:bypass()");
    replay.receive(conversation().up("abc").up("defg").frames());
    assertThat(replay.text()).isEqualTo("3");
    assertThat(replay.verdicts).allMatch(verdict -> verdict.startsWith("accept"));
  }

  @Test
  void counters_and_state_of_the_connection_can_be_read() {
    RuleReplay replay =
        rule(
            "tcp_connection",
            "receive_data",
            "local flow = ...",
            "print(flow.in_pkts, flow.in_bytes, flow.out_pkts, flow.out_bytes, flow.state)",
            "print(flow.data, flow.midstream, flow:can_continue())");
    replay.receive(conversation().up("abc").frames());
    assertThat(replay.text()).isEqualTo("3 127 1 44 established\nnil false true");
  }

  @Test
  void rules_keep_what_they_like_on_a_flow() {
    RuleReplay replay =
        rule(
            "tcp_connection",
            "receive_data",
            "local flow, sub = ...",
            "flow.count = (flow.count or 0) + #sub",
            "print(flow.count)");
    replay.receive(conversation().up("abc").up("de").frames());
    assertThat(replay.text()).isEqualTo("3\n5");
  }

  @Test
  void what_was_never_assigned_to_a_flow_reads_as_nil() {
    RuleReplay replay =
        rule(
            new RuleReplay(EngineMode.HAKA),
            "tcp_connection",
            "new_connection",
            "local flow = ...",
            "print(pcall(function () return flow.ignore end))",
            "print(flow._private)");
    replay.text();
    replay.receive(conversation().frames());
    assertThat(replay.text()).isEqualTo("true nil\nnil");
  }

  @Test
  void a_data_rule_gets_a_range_and_the_direction() {
    RuleReplay replay =
        rule(
            "tcp_connection",
            "receive_data",
            "local flow, sub, direction = ...",
            "print(direction, #sub, sub:asstring())");
    replay.receive(conversation().up("hello").down("good day").upAck().fin().frames());
    assertThat(replay.text()).isEqualTo("up 5 hello\ndown 8 good day");
    assertThat(replay.defects).isEmpty();
  }

  @Test
  void a_data_rule_of_the_early_name_gets_the_stream_and_a_position() {
    RuleReplay replay =
        rule(
            "tcp-connection",
            "receive_data",
            "local flow, stream, current, direction = ...",
            "print(swig_type(stream), swig_type(current), direction)",
            "print(#stream.data, current:sub('available'):asstring(), select('#', ...))");
    replay.receive(conversation().up("hello").down("good day").upAck().fin().frames());
    assertThat(replay.text())
        .isEqualTo(
            """
            vbuffer_stream vbuffer_iterator up
            5 hello 4
            vbuffer_stream vbuffer_iterator down
            8 good day 4\
            """);
  }

  @Test
  void what_a_rule_of_the_early_name_edits_is_what_leaves() {
    RuleReplay replay =
        rule(
            "tcp-connection",
            "receive_data",
            "local flow, stream, current, direction = ...",
            "current:sub(4):replace(haka.vbuffer_from('good'))",
            "current:insert(haka.vbuffer_from('ly'))");
    replay.receive(conversation().up("evil day").frames());
    assertThat(new String(replay.sent.getLast(), ISO_8859_1)).endsWith("goodly day");
  }
}
