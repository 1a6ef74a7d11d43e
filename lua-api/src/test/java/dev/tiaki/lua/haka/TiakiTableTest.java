package dev.tiaki.lua.haka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.lua.shared.Commons;
import dev.tiaki.traffic.Conversation;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Timers on network time, and dictionaries that all workers share. */
class TiakiTableTest {
  private static Conversation conversation() {
    return Conversation.between("10.0.0.1:1234", "10.0.0.2:80").handshake();
  }

  private static Conversation slow(int packets) {
    Conversation slow = conversation();
    for (int i = 0; i < packets; i++) {
      slow = slow.pause(Duration.ofSeconds(1)).up("x");
    }
    return slow;
  }

  @Test
  void a_timer_fires_once_when_packets_say_that_its_time_has_come() {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "local t = tiaki.timer(2.5, function () print('now') end)",
        "haka.rule{ on = haka.dissectors.tcp.events.receive_packet, eval = function (p)",
        "  local s = haka.network_time().seconds; first = first or s; print(math.floor(s - first + 0.5), t:pending()) end }");
    replay.receive(slow(4).frames());
    assertThat(replay.text())
        .isEqualTo(
            """
            0 true
            0 true
            0 true
            1 true
            2 true
            now
            3 false
            4 false\
            """);
  }

  @Test
  void a_timer_that_returns_true_goes_on_until_it_is_cancelled() {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "local n = 0",
        "t = tiaki.timer(1, function () n = n + 1; print(n); if n == 3 then t:cancel() end; return n < 3 end)");
    replay.receive(slow(8).frames());
    assertThat(replay.text()).isEqualTo("1\n2\n3");
  }

  @Test
  void a_timer_that_fails_is_logged_and_over() {
    RuleReplay replay = new RuleReplay();
    replay.rules("tiaki.timer(1, function () error('oh') end)", "tiaki.timer(1, haka.abort)");
    replay.receive(slow(4).frames());
    assertThat(replay.text()).isEqualTo("error lua: timer: rules.lua:1: oh");
    assertThat(replay.verdicts).allMatch(verdict -> verdict.startsWith("accept"));
  }

  @Test
  void nothing_fires_after_the_end() {
    RuleReplay replay = new RuleReplay();
    replay.rules("tiaki.timer(1, function () print('late') end)");
    replay.receive(conversation().frames());
    replay.finish();
    replay.receive(slow(4).frames());
    assertThat(replay.text()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tiaki.timer(0, print)                        | invalid number of seconds: 0
          tiaki.timer(-1, print)                       | invalid number of seconds: -1
          tiaki.timer(0/0, print)                      | invalid number of seconds: nan
          tiaki.shared('d'):set({}, 1)                 | a shared key is a string or a number, not table
          tiaki.shared('d'):set('k', print)            | a shared value is a boolean, a number, a string or a flat table, not function
          tiaki.shared('d'):set('k', { a = {} })       | a shared value is a boolean, a number, a string or a flat table, not a table in a table
          tiaki.shared('d'):set('k', 1, 0)             | invalid number of seconds: 0
          tiaki.shared('d'):set('k', 'x'); tiaki.shared('d'):incr('k') | the value of 'k' is not a number
          tiaki.shared('d', { entries = 0 })           | 'entries' should be a number from 1 to 100000
          for i = 1, 1000 do tiaki.shared('d' .. i) end | too many shared dictionaries
          """)
  void misuse_is_an_error(String source, String message) {
    RuleReplay replay = new RuleReplay();
    assertThatThrownBy(() -> replay.rules(source))
        .isInstanceOf(RuleFailure.class)
        .message()
        .matches("(?i)" + Pattern.quote(message).replace("nan", "\\E-?nan\\Q"));
  }

  @Test
  void too_many_timers_are_refused() {
    RuleReplay replay = new RuleReplay();
    assertThatThrownBy(() -> replay.rules("for i = 1, 100001 do tiaki.timer(1, print) end"))
        .hasMessageContaining("too many timers: 100000 are waiting");
  }

  @Test
  void a_shared_dictionary_holds_simple_values_and_copies_of_tables() {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "local d = tiaki.shared('d')",
        "local t = { 'a', n = 2, [1.5] = true }",
        "d:set('table', t); t.n = 3; d:set(7, '\\0\\255'); d:set('flag', false)",
        "local c = d:get('table'); print(c[1], c.n, c[1.5], #d:get(7), d:get('flag'), d:get('none'))",
        "d:set('flag', nil); print(d:get('flag'), d:count(), d:delete(7), d:delete(7))",
        "print(d:add('x', 1), d:add('x', 2), d:incr('x'), d:incr('x', -3), d:incr('new'))",
        "table.sort(d:keys()); d:clear(); print(d:count(), d:evicted())");
    assertThat(replay.text())
        .isEqualTo(
            """
            a 2 true 2 false nil
            nil 2 true false
            true false 2 -1 1
            0 0\
            """);
  }

  @Test
  void workers_see_each_others_values_until_they_expire() {
    Commons commons = new Commons();
    RuleReplay first = new RuleReplay(EngineMode.ENFORCE, commons, 0);
    RuleReplay second = new RuleReplay(EngineMode.ENFORCE, commons, 1);
    String count =
        "haka.rule{ on = haka.dissectors.tcp_connection.events.new_connection, eval = function (flow)"
            + " print(tiaki.shared('seen'):incr(tostring(flow.srcip), 1, 3)) end }";
    first.rules(count);
    second.rules(count);
    first.receive(conversation().frames());
    second.receive(Conversation.between("10.0.0.1:1235", "10.0.0.2:80").handshake().frames());
    assertThat(first.text()).isEqualTo("1");
    assertThat(second.text()).isEqualTo("2");
    second.receive(slow(5).frames());
    second.receive(
        Conversation.between("10.0.0.1:1236", "10.0.0.2:80").handshake().frames().stream()
            .map(frame -> frame.at(frame.nanos() + 10_000_000_000L))
            .toList());
    assertThat(second.text()).isEqualTo("3\n1");
  }
}
