package dev.tiaki.lua.haka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.dissector.tcpconnection.TcpConnectionSettings;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Conversation;
import dev.tiaki.traffic.Frame;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What rule files do wrong: each of it is bounded, and told with the place in the file. */
class BadRulesTest {
  private static final int SEGMENT_BYTES = 1400;

  private static final int KEPT_BYTES = 1 << 14;
  private static final int SEGMENTS_TOO_MANY = KEPT_BYTES / SEGMENT_BYTES + 2;

  private static Conversation conversation() {
    return Conversation.between("10.0.0.1:1234", "10.0.0.2:80").handshake();
  }

  private static List<Frame> longConversation() {
    Conversation one = conversation();
    for (int i = 0; i < SEGMENTS_TOO_MANY; i++) {
      one.up("x".repeat(SEGMENT_BYTES));
    }
    return one.frames();
  }

  private static RuleReplay bounded() {
    return new RuleReplay(
        EngineMode.ENFORCE, TcpConnectionSettings.DEFAULTS.withMaxRetainedBytes(KEPT_BYTES));
  }

  private static RuleReplay data(String options, String... body) {
    return bounded()
        .rules(
            "haka.rule{",
            "  on = haka.dissectors.tcp_connection.events.receive_data,",
            "  options = {" + options + "},",
            "  eval = function (flow, data, direction)",
            String.join("\n", body),
            "  end }");
  }

  private static String load(String... lines) {
    try {
      new RuleReplay().rules(lines);
      return "loaded";
    } catch (RuleFailure failure) {
      return String.valueOf(failure.getMessage());
    }
  }

  @Test
  void a_pattern_that_would_explode_is_searched_in_linear_time() {
    assertThat(
            load(
                "local re = require('regexp/pcre').re",
                "local found = re:match('(a+)+(a|aa)*(a|a?)+$', string.rep('a', 20000) .. 'b')",
                "assert(found == nil or found == '')",
                "assert(re:match('(x+x+)+y', string.rep('x', 20000)) == nil)"))
        .isEqualTo("loaded");
  }

  @Test
  void a_pattern_that_is_too_large_is_refused_where_it_is_written() {
    assertThat(load("local x = 1", "require('regexp/pcre').re:compile('((a{100}){100}){100}')"))
        .contains("regular expression is too large");
  }

  @Test
  void a_lua_pattern_that_would_explode_is_stopped() {
    assertThat(load("local x = 1", "return string.find(('a'):rep(3000), ('a-'):rep(40) .. 'b')"))
        .contains("rules.lua:2: rule stopped:");
  }

  @Test
  void a_grammar_that_recurses_for_ever_is_stopped() {
    assertThat(
            load(
                "local g = haka.grammar.new('g', function ()",
                "  define('r')",
                "  r = record{ r }",
                "  export(r)",
                "end)",
                "g.r:parse(haka.vbuffer_from('x'):pos('begin'))"))
        .contains("rules.lua:6: ")
        .contains("grammar max recursion reached");
  }

  @Test
  void a_repetition_without_an_end_is_stopped() {
    assertThat(
            load(
                "local g = haka.grammar.new('g', function ()",
                "  r = record{ field('a', array(empty()):untilcond(function () return false end))"
                    + " }",
                "  export(r)",
                "end)",
                "g.r:parse(haka.vbuffer_from('x'):pos('begin'))"))
        .contains("rule stopped:")
        .contains("rules.lua:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"data:select()", "data:pos('begin'):mark()", "data:pos('begin'):mark(true)"})
  void what_is_kept_back_for_ever_ends_the_connection(String keep) {
    RuleReplay replay = data("", "if not flow.kept then flow.kept = true " + keep + " end");
    replay.receive(longConversation());
    assertThat(replay.context.counters().value("tcp.retainedTooMuch")).isEqualTo(1);
    assertThat(replay.text())
        .contains("warn tcp: ")
        .contains("10.0.0.1:1234")
        .contains("bytes of a stream back, more than they may")
        .contains("(kept by rules.lua:1)");
    assertThat(replay.defects).isEmpty();
  }

  @Test
  void a_rule_that_waits_for_more_than_may_be_kept_ends_the_connection() {
    RuleReplay replay = data("streamed = true", "data:sub(1000000000)");
    replay.receive(longConversation());
    assertThat(replay.text()).contains("(kept by rules.lua:1)");
    assertThat(replay.defects).isEmpty();
  }

  @Test
  void a_coroutine_that_waits_on_a_connection_that_ends_is_woken_by_its_end() {
    RuleReplay replay =
        data("streamed = true", "local sub = data:sub(100)", "print(direction, sub and #sub)");
    replay.receive(conversation().up("abc").fin().frames()).finish();
    assertThat(replay.text()).contains("up 3").contains("down nil");
    assertThat(replay.defects).isEmpty();
  }

  @Test
  void a_coroutine_that_waits_on_a_connection_that_is_reset_does_not_hold_its_packets() {
    RuleReplay replay = data("streamed = true", "data:sub(100)", "print('never')");
    replay.receive(conversation().up("abc").downRst().frames()).finish();
    assertThat(replay.defects).isEmpty();
    assertThat(replay.verdicts).hasSize(5);
    assertThat(replay.text()).doesNotContain("error");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          wait()               | drop
          sub('available')     | drop
          sub(2)               | drop
          sub('all')           | drop
          advance(2)           | drop
          check_available(2)   | drop
          foreach_available()( ) | drop
          wait()               | reset
          """)
  void a_coroutine_that_reads_on_after_it_dropped_the_connection_ends(String read, String action) {
    RuleReplay replay =
        data(
            "streamed = true",
            "data:sub('available')",
            "print('got')",
            "flow:" + action + "()",
            "data:" + read,
            "print('never')");
    replay.receive(conversation().up("abc").up("def").frames()).finish();
    assertThat(replay.text()).isEqualTo("got");
    assertThat(replay.context.counters().value("rules.failed")).isZero();
    assertThat(replay.verdicts).endsWith("drop 4 RULE", "drop 5 FLOW_DROPPED");
  }

  @Test
  void hakapcap_says_that_the_position_is_gone_as_haka_does() {
    RuleReplay replay =
        new RuleReplay(EngineMode.HAKA)
            .rules(
                "require('protocol/tcp_connection')",
                "haka.rule{ on = haka.dissectors.tcp_connection.events.receive_data,",
                "  options = { streamed = true }, eval = function (flow, data)",
                "    while data:wait() do data:sub('available') flow:drop() end",
                "  end }");
    replay.receive(conversation().up("abc").frames());
    assertThat(replay.text()).contains("error tcp: invalid buffer iterator");
  }

  @Test
  void an_abort_inside_pcall_only_ends_the_pcall() {
    RuleReplay replay = data("", "print(pcall(haka.abort))", "print('on')");
    replay.receive(conversation().up("abc").frames());
    assertThat(replay.text()).isEqualTo("false nil\non");
  }

  @Test
  void aborts_in_a_loop_of_pcalls_are_stopped() {
    RuleReplay replay = data("", "while true do pcall(haka.abort) end");
    replay.receive(conversation().up("abc").frames());
    assertThat(replay.text()).contains("error tcp: ").contains("rules.lua:5: rule stopped:");
    assertThat(replay.verdicts).endsWith("drop 4 RULE_ERROR");
  }

  @Test
  void packets_that_a_rule_keeps_leave_all_the_same_and_can_no_longer_be_used() {
    RuleReplay replay =
        new RuleReplay()
            .rules(
                "kept = {}",
                "haka.rule{ on = haka.dissectors.tcp.events.receive_packet,",
                "  eval = function (packet) table.insert(kept, packet) end }",
                "haka.rule{ on = haka.events.exiting, eval = function ()",
                "  print(#kept)",
                "  print(kept[1].seq)",
                "end }");
    replay.receive(longConversation()).finish();
    assertThat(replay.verdicts).hasSize(SEGMENTS_TOO_MANY + 3).allMatch(v -> v.startsWith("acc"));
    assertThat(replay.text())
        .contains(Integer.toString(SEGMENTS_TOO_MANY + 3))
        .contains("invalid tcp packet");
  }
}
