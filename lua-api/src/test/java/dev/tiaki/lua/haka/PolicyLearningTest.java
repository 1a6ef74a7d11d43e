package dev.tiaki.lua.haka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.traffic.Conversation;
import org.junit.jupiter.api.Test;

/** Policies that learn what is normal while they are told to, and hold to it afterwards. */
class PolicyLearningTest {
  private static final String START =
      """
      local ipv4 = require('protocol/ipv4')
      local p = haka.policy.new('p')
      local function say(text) return function (_, _, values) print(text, values.v) end end
      local function see(v, w) p:apply{ ctx = {}, values = { v = v, w = w } } end
      local function learn(...)
        haka.policy.learning = true see(...) haka.policy.learning = false
      end
      """;

  private static String run(String... lines) {
    return new RuleReplay().rules(START + String.join("\n", lines)).text();
  }

  @Test
  void what_was_never_learnt_never_matches() {
    assertThat(
            run(
                "haka.policy{ on = p, v = haka.policy.learn(haka.policy.set), action = say('set') }",
                "haka.policy{ on = p, v = haka.policy.learn(haka.policy.range), action = say('range') }",
                "see(1) see(nil) print('.')"))
        .isEqualTo(".");
  }

  @Test
  void actions_run_while_learning_too() {
    assertThat(
            run(
                "haka.policy{ on = p, v = haka.policy.learn(haka.policy.set), action = say('known') }",
                "learn('a') see('a') see('b')"))
        .isEqualTo("known a\nknown a");
  }

  @Test
  void a_range_of_addresses_grows_to_both_sides() {
    assertThat(
            run(
                "haka.policy{ on = p, v = haka.policy.learn(haka.policy.range),",
                "  action = function (_, _, values) io.write(tostring(values.v), ' ') end }",
                "learn(ipv4.addr('10.0.0.9')) learn(ipv4.addr('10.0.0.3')) print('|')",
                "for last = 2, 10 do see(ipv4.addr(10, 0, 0, last)) end"))
        .isEqualTo(
            "10.0.0.9 10.0.0.3 |\n"
                + "10.0.0.3 10.0.0.4 10.0.0.5 10.0.0.6 10.0.0.7 10.0.0.8 10.0.0.9");
  }

  @Test
  void a_set_learns_addresses_by_what_they_are() {
    assertThat(
            run(
                "haka.policy{ on = p, v = haka.policy.learn(haka.policy.set), action = function ()",
                "  print('known') end }",
                "learn(ipv4.addr('10.0.0.1'))",
                "see(ipv4.addr('10.0.0.1')) see(ipv4.addr('10.0.0.2')) see('10.0.0.1')"))
        .isEqualTo("known\nknown");
  }

  @Test
  void a_missing_value_matches_while_learning_and_teaches_nothing() {
    assertThat(
            run(
                "haka.policy{ on = p, v = haka.policy.learn(haka.policy.range), action = say('range') }",
                "learn(nil) see(nil) see(1) learn(5) see(nil) see(5)"))
        .isEqualTo("range nil\nrange 5\nrange 5");
  }

  @Test
  void all_learning_criteria_of_a_statement_learn_together() {
    assertThat(
            run(
                "haka.policy{ on = p, v = haka.policy.learn(haka.policy.set),",
                "  w = haka.policy.learn(haka.policy.range), action = say('both') }",
                "learn('a', 1) learn('b', 3)",
                "see('a', 3) see('b', 2) see('c', 2) see('a', 4)"))
        .isEqualTo("both a\nboth b\nboth a\nboth b");
  }

  @Test
  void every_statement_that_matches_learns_and_the_last_is_applied() {
    assertThat(
            run(
                "haka.policy{ on = p, name = 'first', v = haka.policy.learn(haka.policy.set),",
                "  action = say('first') }",
                "haka.policy{ on = p, name = 'odd', w = 1, v = haka.policy.learn(haka.policy.set),",
                "  action = say('odd') }",
                "learn('a', 1) learn('b', 2)",
                "see('a', 1) see('b', 1) see('a', 2)"))
        .isEqualTo("odd a\nfirst b\nodd a\nfirst b\nfirst a");
  }

  @Test
  void a_later_statement_without_learning_still_overrides() {
    assertThat(
            run(
                "haka.policy{ on = p, v = haka.policy.learn(haka.policy.set), action = say('learnt') }",
                "haka.policy{ on = p, v = 'root', action = say('never') }",
                "learn('root') see('root')"))
        .isEqualTo("never root\nnever root");
  }

  @Test
  void the_log_says_what_is_learnt_rejected_and_applied() {
    assertThat(
            run(
                "haka.setloglevel('debug', 'core')",
                "haka.policy{ on = p, name = 'l', v = haka.policy.learn(haka.policy.set),",
                "  action = haka.policy.accept }",
                "learn(1) see(2)"))
        .endsWith(
            """
            debug core: learning policy l for p
            debug core: applying policy l for p
            debug core: rejected policy l for p\
            """);
  }

  @Test
  void connections_like_those_learnt_pass_and_others_are_dropped() {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "local new = haka.dissectors.tcp_connection.policies.new_connection",
        "haka.policy{ on = new, name = 'unusual', action = haka.policy.drop }",
        "haka.policy{ on = new, name = 'usual', dstport = haka.policy.learn(haka.policy.set),",
        "  srcip = haka.policy.learn(haka.policy.range), action = haka.policy.accept }",
        "haka.policy.learning = true");
    replay.receive(Conversation.between("10.0.0.3:1", "10.0.0.2:80").syn().frames());
    replay.receive(Conversation.between("10.0.0.7:2", "10.0.0.2:443").syn().frames());
    replay.rules("haka.policy.learning = false");
    replay.receive(Conversation.between("10.0.0.5:3", "10.0.0.2:443").syn().frames());
    replay.receive(Conversation.between("10.0.0.8:4", "10.0.0.2:443").syn().frames());
    replay.receive(Conversation.between("10.0.0.5:5", "10.0.0.2:22").syn().frames());
    assertThat(replay.verdicts)
        .containsExactly("accept 1", "accept 2", "accept 3", "drop 4 RULE", "drop 5 RULE");
  }
}
