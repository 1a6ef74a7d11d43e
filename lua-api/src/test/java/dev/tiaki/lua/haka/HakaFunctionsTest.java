package dev.tiaki.lua.haka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.alert.AlertNode;
import dev.tiaki.traffic.Conversation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Logging, alerts, time, addresses and policies. */
class HakaFunctionsTest {
  private static String run(String... lines) {
    return new RuleReplay().rules(lines).text();
  }

  @Test
  void log_lines_go_to_their_section_when_its_level_lets_them() {
    assertThat(
            run(
                "haka.log('a %d %s', 1, haka.time(0) ~= nil)",
                "haka.log.warning('100%%'); haka.log.debug('hidden %d', 'no number')",
                "local mine = haka.log_section('mine')",
                "mine('hello'); mine.error('bad'); mine.debug('hidden')",
                "haka.setloglevel('debug', 'mine'); mine.debug('shown')",
                "haka.setloglevel('default', 'mine'); mine.debug('hidden')",
                "haka.setloglevel('error'); haka.log('hidden')",
                "haka.log('section', 'old %s', 'way'); haka.log.error('section', 'old %s', 'way')",
                "print(pcall(haka.setloglevel, 'loud'))",
                "print(pcall(haka.setloglevel, 'default'))",
                "print(pcall(haka.setloglevel, 'info', 'none'))"))
        .isEqualTo(
            """
            info external: a 1 true
            warn external: 100%
            info mine: hello
            error mine: bad
            debug mine: shown
            error section: old way
            false invalid log level: loud
            false invalid default log level
            false invalid section name\
            """);
  }

  @Test
  void an_alert_carries_every_field() {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "local ipv4 = require('protocol/ipv4')",
        "local first = haka.alert{}",
        "local id = haka.alert{",
        "  start_time = haka.time(1.5), end_time = haka.time(2),",
        "  severity = 'medium', confidence = 7, completion = 'failed', description = 12,",
        "  method = { description = 'how', ref = { 'a', 'b' } },",
        "  sources = { haka.alert.address(ipv4.addr('1.2.3.4'), 'x'), haka.alert.service(22) },",
        "  targets = haka.alert.address(ipv4.network('10.0.0.0/8')), ref = { first, first } }",
        "id:update{ confidence = 'low', ref = first }",
        "print(id)");
    Alert alert = replay.alerts.get(1);
    assertThat(alert.id()).isEqualTo(2);
    assertThat(alert.startTimeNanos()).isEqualTo(1_500_000_000L);
    assertThat(alert.severity()).isEqualTo("medium");
    assertThat(alert.confidence()).isEqualTo("7");
    assertThat(alert.completion()).isEqualTo("failed");
    assertThat(alert.description()).isEqualTo("12");
    assertThat(alert.method().references()).containsExactly("a", "b");
    assertThat(alert.sources())
        .containsExactly(AlertNode.address("1.2.3.4", "x"), AlertNode.service("22"));
    assertThat(alert.targets()).containsExactly(AlertNode.address("10.0.0.0/8"));
    assertThat(alert.references()).containsExactly(1L, 1L);
    assertThat(replay.alerts.get(2).update()).isTrue();
    assertThat(replay.alerts.get(2).id()).isEqualTo(2);
    assertThat(replay.text()).isEqualTo("2");
  }

  @Test
  void an_alert_says_which_rule_raised_it_on_what() {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "haka.rule{ name = 'r', on = haka.dissectors.tcp_connection.events.new_connection,",
        "  eval = function () haka.alert{ description = 'seen' } end }");
    replay.receive(Conversation.between("10.0.0.1:1", "10.0.0.2:2").syn().frames());
    assertThat(replay.alerts.getFirst().context().rule()).isEqualTo("r");
    assertThat(replay.alerts.getFirst().context().location()).isEqualTo("rules.lua:1");
    assertThat(replay.alerts.getFirst().context().packetNumber()).isEqualTo(1);
    assertThat(replay.alerts.getFirst().context().flowId()).isEqualTo(1);
    assertThat(replay.alerts.getFirst().timeNanos())
        .isEqualTo(replay.context.time().nanos())
        .isPositive();
  }

  @Test
  void a_wrong_alert_is_refused_before_anything_is_posted() {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "print(pcall(haka.alert, { foo = 1 }))",
        "print(pcall(haka.alert, { method = { foo = 1 } }))",
        "print(pcall(haka.alert, { sources = { { type = 'address', foo = 1 } } }))",
        "print(pcall(haka.alert, 'x'))",
        "print(pcall(haka.alert, { severity = 'awful' }))",
        "print(pcall(haka.alert, { confidence = 'awful' }))",
        "print(pcall(haka.alert, { completion = 'awful' }))",
        "print(pcall(haka.alert, { method = 3 }))");
    assertThat(replay.text())
        .isEqualTo(
            """
            false unexpected field 'foo'
            false unexpected field 'method.foo'
            false unexpected field 'sources#1.foo'
            false expected table for 'nil'
            false invalid severity value 'awful'
            false invalid confidence value 'awful'
            false invalid completion value 'awful'
            false invalid method\
            """);
    assertThat(replay.alerts).isEmpty();
    assertThat(replay.context.alertIds().issued()).isZero();
  }

  @Test
  void confidence_is_written_with_six_digits() {
    assertThat(List.of(7.0, 0.5, 1e-7, 123456789.0, 0.0, 2.0 / 3))
        .extracting(AlertFields::general)
        .containsExactly("7", "0.5", "1e-07", "1.23457e+08", "0", "0.666667");
  }

  @Test
  void time_thread_mode_and_exit() {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "local t = haka.time(1390236283.5)",
        "print(t.secs, t.nsecs, t.seconds)",
        "t.secs = 3; t.nsecs = 250000000",
        "print(t.seconds, haka.current_thread(), haka.mode, haka.capture_mode(), haka.packet_mode())",
        "print(haka.network_time().secs, haka.dissector.opposite_direction('up'))",
        "haka.exit()");
    assertThat(replay.text())
        .isEqualTo("1390236283 500000000 1390236283.5\n3.25 0 normal normal normal\n0 down");
    assertThat(replay.exited).isTrue();
  }

  @Test
  void addresses_compare_and_print() {
    assertThat(
            run(
                "local ipv4 = require('protocol/ipv4')",
                "local a = ipv4.addr('10.0.0.1')",
                "print(a, a == ipv4.addr(10, 0, 0, 1), a < ipv4.addr('10.0.0.2'), a.packed)",
                "print(ipv4.addr('10.0.0.2') <= a, ipv4.addr('255.0.0.1').packed, ipv4.addr(1))",
                "a.packed = 2; print(a)",
                "print(pcall(ipv4.addr, '350.1.1.1'))",
                "print(pcall(ipv4.addr, 350, 1, 1, 1))",
                "print(pcall(ipv4.addr))",
                "print(pcall(function () return a.none end))"))
        .isEqualTo(
            """
            10.0.0.1 true true 167772161
            false -16777215 0.0.0.1
            0.0.0.2
            false invalid IPv4 address format
            false invalid IPv4 address format
            false invalid parameter
            false unknown field 'none'\
            """);
  }

  @Test
  void networks_contain_addresses() {
    assertThat(
            run(
                "local ipv4 = require('protocol/ipv4')",
                "local n = ipv4.network('192.168.20.7/24')",
                "print(n, n.net, n.mask, n:contains(ipv4.addr('192.168.20.200')))",
                "print(ipv4.network(ipv4.addr('10.0.0.0'), 8):contains(ipv4.addr('11.0.0.0')))",
                "print(pcall(n.contains, n, nil))",
                "print(pcall(ipv4.network, '1.2.3.4'))",
                "print(pcall(ipv4.network, ipv4.addr(1), 33))"))
        .isEqualTo(
            """
            192.168.20.7/24 192.168.20.7 24 true
            false
            false nil argument
            false invalid IPv4 network address format
            false Invalid IPv4 addresss network format\
            """);
  }

  @Test
  void checksums_are_chained_over_odd_pieces() {
    assertThat(
            run(
                "local ipv4 = require('protocol/ipv4')",
                "local whole = haka.vbuffer_from('\\1\\2\\3\\4\\5\\6')",
                "local sum = ipv4.inet_checksum()",
                "sum:process(whole:sub(0, 3)); sum:process(whole:sub(3))",
                "print(sum:reduce() == ipv4.inet_checksum_compute(whole), sum:reduce())"))
        .isEqualTo("true 63219");
  }

  @Test
  void the_last_policy_statement_that_matches_is_applied() {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "local ipv4 = require('protocol/ipv4')",
        "local new = haka.dissectors.tcp_connection.policies.new_connection",
        "haka.policy{ on = new, name = 'default',",
        "  action = { haka.policy.alert{ description = 'refused' }, haka.policy.drop } }",
        "haka.policy{ on = new, name = 'web', dstport = 80, action = haka.policy.accept,",
        "  srcip = haka.policy.ipv4_in_network(ipv4.network('10.0.0.0/24')) }",
        "haka.policy{ on = new, name = 'high', dstport = haka.policy.range(8000, 8100),",
        "  action = haka.policy.log(haka.log, 'port %d', 8000) }");
    replay.text();
    replay.receive(Conversation.between("10.0.0.1:1", "10.0.0.2:80").syn().frames());
    replay.receive(Conversation.between("10.0.1.1:1", "10.0.0.2:80").syn().frames());
    replay.receive(Conversation.between("10.0.1.1:2", "10.0.0.2:8000").syn().frames());
    assertThat(replay.verdicts).hasSize(3).startsWith("accept 1").endsWith("accept 3");
    assertThat(replay.verdicts.get(1)).startsWith("drop 2");
    assertThat(replay.alerts).extracting(Alert::description).containsExactly("refused");
    assertThat(replay.text()).isEqualTo("info external: port 8000");
  }

  @Test
  void packets_without_a_connection_pass_when_a_policy_lets_them() {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "haka.policy{ on = haka.dissectors.tcp_connection.policies.no_connection_found,",
        "  dstport = haka.policy.set{ 80, 81 }, action = haka.policy.accept }");
    replay.receive(
        Conversation.between("10.0.0.1:1", "10.0.0.2:80").handshake().frames().subList(2, 3));
    replay.receive(
        Conversation.between("10.0.0.1:1", "10.0.0.2:99").handshake().frames().subList(2, 3));
    assertThat(replay.verdicts).containsExactly("accept 1", "drop 2 POLICY");
    assertThat(replay.alerts)
        .extracting(Alert::description)
        .containsExactly("no connection found for tcp packet");
  }

  @Test
  void criteria_decide_about_values() {
    assertThat(
            run(
                "local p = haka.policy.new('mine')",
                "haka.policy{ on = p, action = function (pol, ctx, v) print('any', ctx, v.x) end }",
                "haka.policy{ on = p, x = haka.policy.outofrange(1, 3),",
                "  action = function () print('outside') end }",
                "haka.policy{ on = p, y = haka.policy.present(),",
                "  action = function () print('present') end }",
                "p:apply{ ctx = 'c', values = { x = 2 } }",
                "p:apply{ ctx = 'c', values = { x = 9 } }",
                "p:apply{ ctx = 'c', values = { x = 9, y = 1 } }",
                "print(select(2, pcall(function () haka.policy.range() end)):match(': (.*)'))",
                "print(select(2, pcall(haka.policy, 3)):match('policy parameter must be a table'))"))
        .isEqualTo("any c 2\noutside\npresent\ninvalid min\npolicy parameter must be a table");
  }
}
