package dev.tiaki.lua.haka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Conversation;
import org.junit.jupiter.api.Test;

/** Streamed rules: coroutines that wait for data, under both names. */
class StreamedRulesTest {
  private static Conversation conversation() {
    return Conversation.between("10.0.0.1:1234", "10.0.0.2:80").handshake();
  }

  private static RuleReplay streamed(String... body) {
    return streamed(new RuleReplay(), "tcp_connection", "flow, iter, direction", body);
  }

  private static RuleReplay streamed(
      RuleReplay replay, String module, String parameters, String... body) {
    return replay.rules(
        "require('protocol/" + module + "')",
        "haka.rule{ on = haka.dissectors['" + module + "'].events.receive_data,",
        "  options = { streamed = true },",
        "  eval = function (" + parameters + ")",
        String.join("\n", body),
        "  end }");
  }

  @Test
  void a_streamed_rule_runs_once_for_each_flow_and_direction() {
    RuleReplay replay =
        streamed(
            "print('begin', direction)",
            "for sub in iter:foreach_available() do print(direction, sub:asstring()) end",
            "print('end', direction, iter.iseof)");
    replay.receive(conversation().up("ab").down("xyz").up("c").upAck().fin().frames()).finish();
    assertThat(replay.text())
        .isEqualTo(
            """
            begin up
            up ab
            begin down
            down xyz
            up c
            end up true
            end down true\
            """);
  }

  @Test
  void the_early_name_gives_the_stream_too() {
    RuleReplay replay =
        streamed(
            new RuleReplay(),
            "tcp-connection",
            "flow, stream, current, direction",
            "print(swig_type(stream), swig_type(current), direction)",
            "print(current:sub(4):asstring())");
    replay.receive(conversation().up("ab").up("cdef").frames());
    assertThat(replay.text()).isEqualTo("vbuffer_stream vbuffer_iterator_blocking up\nabcd");
  }

  @Test
  void a_stream_that_ends_without_data_starts_the_rule_at_its_end() {
    RuleReplay replay = streamed("print(direction, iter:wait(), iter:sub('available'))");
    replay.receive(conversation().fin().frames()).finish();
    assertThat(replay.text()).contains("up false nil");
  }

  @Test
  void a_counted_sub_waits_over_packets() {
    RuleReplay replay =
        streamed(
            "print(iter:sub(5):asstring(), iter.meter)",
            "print(iter:check_available(3), iter.meter)",
            "print(iter:sub('all'):asstring())",
            "print(iter:sub(1))");
    replay.receive(conversation().up("abc").up("def").up("gh").upFin().frames()).finish();
    assertThat(replay.text()).isEqualTo("abcde 5\ntrue 5\nfgh\nnil");
  }

  @Test
  void bytes_that_a_counted_sub_waits_on_are_held_and_can_be_edited() {
    RuleReplay replay =
        streamed(
            "local word = iter:sub(6)",
            "word:replace(haka.vbuffer_from('safe'))",
            "iter:sub('all')");
    replay.receive(conversation().up("evi").frames());
    assertThat(replay.verdicts).hasSize(3);
    replay.receive(conversation().up("evi").up("l! now").frames().subList(4, 5));
    assertThat(replay.verdicts).endsWith("accept 4", "accept 5");
    assertThat(new String(replay.sent.get(3), ISO_8859_1)).contains("safe");
    assertThat(new String(replay.sent.get(4), ISO_8859_1)).contains("now");
  }

  @Test
  void advance_and_check_available_tell_how_far_they_came() {
    RuleReplay replay =
        streamed(
            "print(iter:advance(4), iter:available())",
            "print(iter:check_available(100))",
            "print(iter:advance('available'))",
            "print(iter:advance('all'), iter.iseof)");
    replay.receive(conversation().up("abc").up("def").upFin().frames()).finish();
    assertThat(replay.text()).isEqualTo("4 2\nfalse 2\n2\n0 true");
  }

  @Test
  void an_error_in_a_streamed_rule_drops_the_connection() {
    RuleReplay replay = streamed("iter:sub(2)", "error('broken')");
    replay.receive(conversation().up("ab").up("cd").frames());
    assertThat(replay.text()).isEqualTo("error tcp: rules.lua:6: broken");
    assertThat(replay.verdicts).containsSubsequence("accept 3", "drop 4 RULE_ERROR");
    assertThat(replay.haka.rules().rules().getFirst().errors()).isEqualTo(1);
  }

  @Test
  void an_abort_ends_only_the_coroutine() {
    RuleReplay replay = streamed("iter:sub(2)", "haka.abort()");
    replay.receive(conversation().up("ab").up("cd").frames());
    assertThat(replay.text()).isEmpty();
    assertThat(replay.verdicts).allMatch(verdict -> verdict.startsWith("accept"));
  }

  @Test
  void a_rule_that_returned_is_not_called_again() {
    RuleReplay replay = streamed("print(iter:sub('available'):asstring())");
    replay.receive(conversation().up("ab").up("cd").frames());
    assertThat(replay.text()).isEqualTo("ab");
  }

  @Test
  void in_pass_through_what_is_waited_on_can_only_be_read() {
    RuleReplay replay =
        streamed(
            new RuleReplay(EngineMode.HAKA_PASS_THROUGH),
            "tcp_connection",
            "flow, iter, direction",
            "local sub = iter:sub(4)",
            "print(sub:asstring(), pcall(sub.erase, sub))");
    replay.text();
    replay.receive(conversation().up("ab").up("cd").frames());
    assertThat(replay.text()).contains("abcd false read only buffer");
  }

  @Test
  void a_streamed_group_is_one_coroutine() {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "local group = haka.rule_group{",
        "  on = haka.dissectors.tcp_connection.events.receive_data,",
        "  options = { streamed = true },",
        "  init = function (flow, iter) print('init', iter:sub(1):asstring()) end,",
        "  final = function () print('final') end }",
        "group:rule{ eval = function (flow, iter) print(iter:sub(2):asstring()) end }");
    replay.receive(conversation().up("ab").up("cd").frames());
    assertThat(replay.text()).isEqualTo("init a\nbc\nfinal");
  }

  @Test
  void what_is_open_at_the_end_of_the_packets_ends_there_for_the_rules_that_wait() {
    RuleReplay replay =
        streamed(
            "for sub in iter:foreach_available() do print(direction, sub:asstring()) end",
            "print('end', direction, iter.iseof, iter:sub(3))");
    replay.receive(conversation().up("ab").down("xy").frames()).finish();
    assertThat(replay.text()).isEqualTo("up ab\ndown xy\nend up true nil\nend down true nil");
  }

  @Test
  void a_connection_that_was_dropped_tells_them_nothing_more() {
    RuleReplay replay =
        streamed(
            "for sub in iter:foreach_available() do print(sub:asstring())",
            "  if direction == 'down' then flow:drop() return end end",
            "print('end')");
    replay.receive(conversation().up("ab").down("xy").frames()).finish();
    assertThat(replay.text()).isEqualTo("ab\nxy");
  }
}
