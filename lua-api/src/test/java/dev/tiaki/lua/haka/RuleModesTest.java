package dev.tiaki.lua.haka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.traffic.Conversation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a rule says about itself: whether it is carried out, and what its failures mean. */
class RuleModesTest {
  private static final String PACKET = "haka.dissectors.tcp.events.receive_packet";
  private static final String DATA = "haka.dissectors.tcp_connection.events.receive_data";

  private static Conversation conversation() {
    return Conversation.between("10.0.0.1:1234", "10.0.0.2:80").handshake();
  }

  private static RuleReplay rule(String event, String options, String... body) {
    return new RuleReplay()
        .rules(
            "rule = haka.rule{ name = 'r', on = "
                + event
                + ", "
                + options
                + ", eval = function (a, b)",
            String.join("\n", body),
            "end }",
            "haka.rule{ on = " + event + ", eval = function () print('next') end }");
  }

  private static List<String> descriptions(RuleReplay replay) {
    return replay.alerts.stream().map(Alert::description).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          on_error = 'no'  | rule on_error should be 'drop', 'accept' or 'alert'
          mode = 'observe' | rule mode should be 'alert' or 'enforce'
          """)
  void a_wrong_word_is_refused(String option, String message) {
    RuleReplay replay = new RuleReplay();
    assertThatThrownBy(() ->
            replay.rules(
                "haka.rule{ on = " + PACKET + ", " + option + ", eval = function () end }"))
        .isInstanceOf(RuleFailure.class)
        .hasMessage("rules.lua:1: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          drop   | drop 1 RULE_ERROR | 0 |
          accept | accept 1          | 0 | next
          alert  | accept 1          | 1 | next
          """)
  void a_failure_means_what_the_rule_says_and_the_rules_behind_it_still_run(
      String word, String verdict, int alerts, String rest) {
    RuleReplay replay = rule(PACKET, "on_error = '" + word + "'", "error('oh')");
    replay.receive(conversation().frames().subList(0, 1));
    assertThat(replay.verdicts).containsExactly(verdict);
    assertThat(replay.alerts).hasSize(alerts);
    assertThat(replay.text())
        .contains("rules.lua:2: oh (rule 'r')")
        .endsWith(rest == null ? "(rule 'r')" : rest);
    assertThat(replay.haka.rules().rules().getFirst().errors()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a:drop()                    | drop the packet
          a:error()                   | drop the packet
          a:send()                    | send the packet
          a:inject()                  | inject a packet
          a.srcport = 7               | edit the packet
          a.flags.psh = true          | edit the packet
          a.options:set{}             | edit the packet
          a:compute_checksum()        | edit the packet
          a.ip.ttl = 7                | edit the packet
          a:parent():drop()           | drop the packet
          a:parent():parent():drop()  | drop the packet
          a:parent():parent().payload[1] = 7 | edit the data
          haka.abort()                | end the processing
          """)
  void in_mode_alert_packets_are_left_alone_and_an_alert_says_what_would_be_done(
      String action, String words) {
    RuleReplay replay = rule(PACKET, "mode = 'alert'", action);
    List<byte[]> frames =
        conversation().frames().subList(0, 1).stream().map(f -> f.bytes()).toList();
    replay.receive(conversation().frames().subList(0, 1));
    assertThat(replay.verdicts).containsExactly("accept 1");
    assertThat(replay.sent.getFirst()).isEqualTo(frames.getFirst());
    assertThat(descriptions(replay)).containsExactly("rule 'r' would " + words);
    assertThat(replay.alerts.getFirst().context().location()).isEqualTo("rules.lua:1");
    assertThat(replay.text()).isEqualTo("next");
    assertThat(replay.haka.rules().rules().getFirst())
        .extracting(RuleEntry::mode, RuleEntry::withheld)
        .containsExactly(RuleMode.ALERT, 1L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a:drop()      | drop the connection
          a:reset()     | reset the connection
          a:halfreset() | reset the server's side
          a:bypass()    | bypass the connection
          b:erase()     | edit the data
          b:setstring('x') | edit the data
          b:setfixedstring('x') | edit the data
          b:zero()      | edit the data
          b[1] = 7      | edit the data
          b:setnumber(1) | edit the data
          b:setbits(0, 8, 1) | edit the data
          b:replace(haka.vbuffer_from('x')) | edit the data
          b:pos('begin'):insert(haka.vbuffer_from('x')) | edit the data
          local ref, data = b:select(); data:append(haka.vbuffer_from('x')); ref:restore(data) | edit the data
          """)
  void in_mode_alert_connections_and_streams_are_left_alone(String action, String words) {
    RuleReplay replay = rule(DATA, "mode = 'alert'", action);
    replay.receive(conversation().up("abcd").frames());
    assertThat(replay.verdicts).allMatch(verdict -> verdict.startsWith("accept"));
    assertThat(new String(replay.sent.getLast(), ISO_8859_1)).endsWith("abcd");
    assertThat(descriptions(replay)).containsExactly("rule 'r' would " + words);
    assertThat(replay.text()).isEqualTo("next");
  }

  @Test
  void buffers_of_the_rule_itself_are_edited_in_mode_alert_too() {
    RuleReplay replay =
        rule(
            DATA,
            "mode = 'alert'",
            "local own = haka.vbuffer_from('abc'); own:sub(0, 1):setstring('xy')",
            "own:append(haka.vbuffer_allocate(0)); print(own:sub():asstring())");
    replay.receive(conversation().up("abcd").frames());
    assertThat(replay.text()).isEqualTo("xybc\nnext");
    assertThat(replay.alerts).isEmpty();
  }

  @Test
  void a_rule_in_mode_alert_that_fails_is_reported_only() {
    RuleReplay replay = rule(DATA, "mode = 'alert', on_error = 'drop'", "error('oh')");
    replay.rules("print(rule.mode, rule.on_error, rule.withheld)");
    assertThat(replay.text()).isEqualTo("alert drop 0");
    replay.receive(conversation().up("abcd").frames());
    assertThat(replay.verdicts).allMatch(verdict -> verdict.startsWith("accept"));
    assertThat(descriptions(replay)).containsExactly("rule failed: rules.lua:2: oh");
  }

  @Test
  void heads_of_messages_are_left_alone_in_mode_alert() {
    RuleReplay replay =
        rule(
            "require('protocol/http').events.request",
            "mode = 'alert'",
            "b.method = 'PUT'; b.headers['Host'] = 'b'; a:drop()");
    replay.receive(conversation().up("GET / HTTP/1.1\r\nHost: a\r\n\r\n").frames());
    assertThat(new String(replay.sent.getLast(), ISO_8859_1))
        .endsWith("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(descriptions(replay))
        .containsExactly("rule 'r' would edit the message", "rule 'r' would drop the connection");
  }

  @Test
  void fields_of_a_grammar_are_left_alone_in_mode_alert() {
    RuleReplay replay =
        rule(
            DATA,
            "mode = 'alert'",
            "local g = haka.grammar.new('g', function ()",
            "  p = record{ field('n', number(8)), field('m', number(4)), field('o', number(4)) }",
            "  export(p) end)",
            "local r = g.p:parse(b:pos('begin')); r.n = 1; r.m = 2; print(r.n)");
    replay.receive(conversation().up("abcd").frames());
    assertThat(replay.text()).isEqualTo("97\nnext");
    assertThat(descriptions(replay)).containsExactly("rule 'r' would edit the data");
  }
}
