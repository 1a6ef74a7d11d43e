package dev.tiaki.lua.haka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.lua.shared.Commons;
import dev.tiaki.traffic.Conversation;
import dev.tiaki.traffic.Frame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules, rule groups, and the events of the program. */
class RuleFunctionsTest {
  private static final String ON_DATA = "on = haka.dissectors.tcp_connection.events.receive_data";
  private static final String NONE = "eval = function () end";

  private static Conversation conversation() {
    return Conversation.between("10.0.0.1:1234", "10.0.0.2:80").handshake();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          haka.rule(3)                          | rule parameter must be a table
          haka.rule{}                           | no event defined for rule
          haka.rule{ on = 3 }                   | rule must bind on an event
          haka.rule{ on = haka.events.started } | rule eval function expected
          haka.rule{ on = haka.events.started, eval = print, options = 3 } | rule options should be table
          haka.rule_group{}                     | no event defined for rule group
          haka.rule_group{ on = haka.events.started, init = 1 } | rule group init function expected
          haka.rule_group{ on = haka.events.started, continue = 1 } | rule group continue function expected
          haka.rule_group{ on = haka.events.started, final = 1 } | rule group final function expected
          return haka.events.none               | unkown event 'none'
          return haka.dissectors.tcp.events.none | unkown event 'none'
          return haka.dissectors.tcp.policies.none | unkown policy 'none'
          """)
  void a_wrong_registration_names_the_file_the_line_and_the_mistake(String source, String message) {
    RuleReplay replay = new RuleReplay();
    assertThatThrownBy(() -> replay.rules("", source))
        .isInstanceOf(RuleFailure.class)
        .hasMessage("rules.lua:2: " + message);
  }

  @Test
  void rules_are_listed_with_name_place_hits_and_errors() {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "haka.rule{ name = 'counts', " + ON_DATA + ", " + NONE + " }",
        "haka.rule{ " + ON_DATA + ", eval = function () error('x') end }",
        "haka.rule_group{ " + ON_DATA + " }",
        "print(#haka.console.rules(), haka.console.rules()[1].location)",
        "print(haka.console.events()[1].event, haka.console.events()[1].listener)",
        "haka.rule_summary()");
    assertThat(replay.text())
        .isEqualTo(
            """
            3 rules.lua:1
            tcp_connection:receive_data 3
            info core: 3 rule(s) on event 'tcp_connection:receive_data'
            info core: 3 rule(s) registered\
            """);
    replay.receive(conversation().up("a").frames());
    assertThat(replay.haka.rules().rules())
        .extracting(RuleEntry::name, RuleEntry::location, RuleEntry::hits, RuleEntry::errors)
        .contains(tuple("counts", "rules.lua:1", 1L, 0L), tuple(null, "rules.lua:2", 1L, 1L));
  }

  @Test
  void an_event_without_a_rule_has_no_listener() {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "local events = haka.dissectors.tcp_connection.events", "print(events.receive_data.name)");
    assertThat(replay.connectionEvents().receiveData().isEmpty()).isTrue();
    replay.rules("haka.rule{ " + ON_DATA + ", " + NONE + " }");
    assertThat(replay.connectionEvents().receiveData().size()).isEqualTo(1);
  }

  @Test
  void the_old_keyword_hook_is_taken_with_a_warning() {
    RuleReplay replay = new RuleReplay();
    replay.rules("haka.rule{ hook = haka.events.started, eval = function () print('up') end }");
    replay.haka.started();
    assertThat(replay.text())
        .isEqualTo(
            "warn core: rule at rules.lua:1 uses 'hook' keyword which is deprecated"
                + " and should be replaced by 'on'\nup");
  }

  @Test
  void started_and_exiting_are_signalled_by_the_program() {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "haka.rule{ on = haka.events.started, eval = function (a) print('started', a) end }",
        "haka.rule{ on = haka.events.exiting, eval = function () error('oh', 0) end }");
    replay.haka.started();
    replay.finish();
    assertThat(replay.text()).isEqualTo("started nil\nerror lua: lua: oh");
  }

  @Test
  void a_group_stops_where_continue_says_no() {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "local group = haka.rule_group{ on = haka.dissectors.tcp_connection.events.new_connection,",
        "  init = function (flow, tcp) print('init', flow.srcport) end,",
        "  continue = function (ret, flow, tcp) print('continue', ret); return not ret end,",
        "  final = function (flow) print('final'); flow:drop() end }",
        "group:rule{ eval = function (flow, tcp) return tcp.dstport == 80 end }",
        "group:rule{ eval = function (flow, tcp) return tcp.dstport == 22 end }");
    replay.receive(conversation().frames());
    replay.receive(
        Conversation.between("10.0.0.1:1235", "10.0.0.2:23").handshake().frames().subList(0, 1));
    assertThat(replay.text())
        .isEqualTo(
            """
            init 1234
            continue true
            init 1235
            continue false
            continue false
            final\
            """);
    assertThat(replay.verdicts).endsWith("accept 3", "drop 4 RULE");
  }

  @Test
  void a_rule_that_drops_ends_the_event_for_the_rules_behind_it() {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "local ev = haka.dissectors.tcp.events.receive_packet",
        "haka.rule{ on = ev, eval = function (pkt) print(1); pkt:drop(); print(2) end }",
        "haka.rule{ on = ev, eval = function (pkt) print(3) end }");
    replay.receive(conversation().frames().subList(0, 1));
    assertThat(replay.text()).isEqualTo("1\n2");
    assertThat(replay.verdicts).containsExactly("drop 1 RULE");
  }

  @Test
  void abort_is_silent_and_pcall_sees_nil() {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "haka.rule{ on = haka.dissectors.ipv4.events.receive_packet, eval = function (pkt)",
        "  print(pcall(haka.abort)); haka.abort(); print('never') end }");
    replay.receive(conversation().frames().subList(0, 1));
    assertThat(replay.text()).isEqualTo("false nil");
    assertThat(replay.verdicts).containsExactly("drop 1 RULE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          packet.events.receive_packet         | error lua: receive: rules.lua:2: oops
          ipv4.events.receive_packet           | error lua: ipv4: rules.lua:2: oops
          tcp.events.receive_packet            | error lua: tcp: rules.lua:2: oops
          tcp_connection.events.new_connection | error tcp: rules.lua:2: oops
          """)
  void a_failing_rule_drops_and_its_layer_says_so(String event, String line) {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "haka.rule{ on = haka.dissectors." + event + ", eval = function ()",
        "  error('oops') end }");
    replay.receive(conversation().frames().subList(0, 1));
    assertThat(replay.text()).isEqualTo(line);
    assertThat(replay.verdicts).containsExactly("drop 1 RULE_ERROR");
  }

  @Test
  void in_haka_a_protocol_takes_part_only_when_required() {
    RuleReplay replay = new RuleReplay(EngineMode.HAKA);
    replay.rules("print(haka.dissectors.ipv4)");
    replay.receive(conversation().frames().subList(0, 1));
    assertThat(replay.text()).isEqualTo("error dissector: unknown dissector ipv4\nnil");
    assertThat(replay.alerts.getFirst().description())
        .isEqualTo("dropping unknown dissector 'ipv4'");
    replay.rules("require('protocol/tcp_connection'); print(haka.dissectors.ipv4.name)");
    assertThat(replay.text()).isEqualTo("ipv4");
  }

  @Test
  void rule_files_make_and_signal_events_of_their_own() {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "local mine = haka.event.Event:new('mine')",
        "haka.rule{ on = mine, eval = function (who, what) print(who, what) end }",
        "haka.context:signal('me', mine, 7)",
        "local scope = haka.context:newscope()",
        "scope:createnamespace('n', 3)",
        "print(scope:namespace('n'), haka.context:exec(scope, function () return 4 end))");
    assertThat(replay.text()).isEqualTo("me 7\n3 4");
  }

  @Test
  void a_rule_is_watched_and_turned_off_by_its_own_file() {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "rule = haka.rule{ name = 'once', " + ON_DATA + ", eval = function (flow, sub)",
        "  print(sub:asstring()); if sub:asstring() == 'bad' then error('x') end",
        "  if rule.hits == 2 then rule:disable() end end }",
        "print(rule.name, rule.event, rule.location, rule.type, rule.enabled, rule.hits)",
        "print(pcall(function () rule.hits = 3 end))");
    assertThat(replay.text())
        .isEqualTo(
            """
            once tcp_connection:receive_data rules.lua:1 simple true 0
            false 'hits' of a rule can only be read\
            """);
    Conversation talk = conversation().up("a").up("b").up("c");
    replay.receive(talk.frames());
    assertThat(replay.text()).isEqualTo("a\nb");
    replay.rules("print(rule.enabled, rule.hits, rule.errors); rule:enable(); print(rule.enabled)");
    assertThat(replay.text()).isEqualTo("false 2 0\ntrue");
    replay.receive(
        Conversation.between("10.0.0.1:1235", "10.0.0.2:80").handshake().up("bad").frames());
    assertThat(replay.haka.rules().rules().getFirst())
        .extracting(RuleEntry::hits, RuleEntry::errors)
        .containsExactly(3L, 1L);
  }

  @Test
  void a_group_is_turned_off_as_a_whole() {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "group = haka.rule_group{ name = 'g', "
            + ON_DATA
            + ", init = function () print('in') end }",
        "group:rule{ " + NONE + " }",
        "print(group.name, group.type, group.hits)",
        "group:disable()");
    replay.receive(conversation().up("a").frames());
    assertThat(replay.text()).isEqualTo("g group 0");
  }

  @Test
  void a_rule_turned_off_by_one_worker_is_off_in_the_others_until_the_files_are_loaded_anew() {
    Commons commons = new Commons();
    String rule = "rule = haka.rule{ name = 'r', " + ON_DATA + ", " + NONE + " }";
    RuleReplay first = new RuleReplay(EngineMode.ENFORCE, commons, 0);
    RuleReplay second = new RuleReplay(EngineMode.ENFORCE, commons, 1);
    first.rules(rule, rule);
    second.rules(rule, rule);
    first.rules("rule:disable()");
    assertThat(second.haka.rules().rules())
        .extracting(RuleEntry::isEnabled)
        .containsExactly(true, false);
    RuleReplay again = new RuleReplay(EngineMode.ENFORCE, commons, 0);
    again.rules(rule, rule);
    assertThat(again.haka.rules().rules()).allMatch(RuleEntry::isEnabled);
  }

  @Test
  void a_streamed_rule_that_is_turned_off_leaves_its_streams() {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "rule = haka.rule{ " + ON_DATA + ", options = { streamed = true },",
        "  eval = function (flow, iter) for sub in iter:foreach_available() do",
        "    print(sub:asstring()) end print('end') end }");
    List<Frame> frames = conversation().up("a").up("b").fin().frames();
    replay.receive(frames.subList(0, 4));
    RuleEntry rule = replay.haka.rules().rules().getFirst();
    rule.setEnabled(false);
    replay.receive(frames.subList(4, 5));
    rule.setEnabled(true);
    replay.receive(frames.subList(5, frames.size()));
    assertThat(replay.text()).isEqualTo("a\nend");
    assertThat(replay.verdicts).allMatch(verdict -> verdict.startsWith("accept"));
  }

  @Test
  void what_a_streamed_rule_kept_leaves_when_the_rule_is_turned_off() {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "haka.rule{ " + ON_DATA + ", options = { streamed = true }, eval = function (flow, iter)",
        "  if flow.srcport == 1234 then iter:mark() end",
        "  pcall(function () iter:sub(100) end) print('over') end }");
    replay.receive(conversation().up("a").frames());
    replay.receive(
        Conversation.between("10.0.0.1:1235", "10.0.0.2:80").handshake().up("b").frames());
    assertThat(replay.verdicts).hasSize(6).doesNotContain("accept 4", "accept 8");
    replay.haka.rules().rules().getFirst().setEnabled(false);
    replay.receive(conversation().up("a").up("c").frames().subList(4, 5));
    replay.receive(
        Conversation.between("10.0.0.1:1235", "10.0.0.2:80")
            .handshake()
            .up("b")
            .up("d")
            .frames()
            .subList(4, 5));
    assertThat(replay.verdicts).contains("accept 4", "accept 8", "accept 9", "accept 10");
    assertThat(replay.text()).isEqualTo("over\nover");
  }

  @Test
  void calls_are_counted_and_measured_for_other_threads() throws InterruptedException {
    RuleReplay replay = new RuleReplay();
    replay.rules("haka.rule{ " + ON_DATA + ", eval = function () for i = 1, 1000 do end end }");
    Conversation talk = conversation();
    for (int i = 0; i < 200; i++) {
      talk = talk.up("x");
    }
    replay.receive(talk.frames());
    List<Long> seen = new ArrayList<>();
    Thread reader =
        new Thread(() -> {
          RuleEntry rule = replay.haka.rules().rules().getFirst();
          seen.addAll(List.of(rule.hits(), rule.errors()));
          assertThat(rule.nanos()).isPositive();
        });
    reader.start();
    reader.join();
    assertThat(seen).containsExactly(200L, 0L);
  }
}
