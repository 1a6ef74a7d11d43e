package dev.tiaki.lua.haka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Policies: which statement is applied, what criteria match, what they learn. */
class PolicyRulesTest {
  private static String run(String... lines) {
    return new RuleReplay()
        .rules("local p = haka.policy.new('p')\n" + String.join("\n", lines))
        .text();
  }

  private static String statement(String criterion) {
    return "haka.policy{ on = p, v = " + criterion + ", action = function () print('yes') end }\n";
  }

  @Test
  void the_last_statement_that_matches_is_applied() {
    assertThat(
            run(
                "local function say(text) return function () print(text) end end",
                "haka.policy{ on = p, name = 'default', action = say('default') }",
                "haka.policy{ on = p, name = 'small', v = haka.policy.range(1, 5),",
                "  action = { say('small'), say('really') } }",
                "haka.policy{ on = p, name = 'three', v = 3, action = say('three') }",
                "for v = 2, 6, 1 do p:apply{ ctx = {}, values = { v = v } } end"))
        .isEqualTo("small\nreally\nthree\nsmall\nreally\nsmall\nreally\ndefault");
  }

  @Test
  void a_missing_value_matches_only_absent() {
    assertThat(
            run(
                "local c = haka.policy",
                "for _, k in ipairs{ c.value(1), c.set{1}, c.range(1, 2), c.outofrange(1, 2),",
                "    c.present(), c.absent() } do",
                "  local q = haka.policy.new('q')",
                "  haka.policy{ on = q, v = k, action = function (_, _, values) print(_ , 'matched') end }",
                "  local n = 0",
                "  local r = haka.policy.new('r')",
                "  haka.policy{ on = r, v = k, action = function () n = n + 1 end }",
                "  r:apply{ ctx = {}, values = {} }",
                "  print(n)",
                "end"))
        .isEqualTo("0\n0\n0\n0\n0\n1");
  }

  @Test
  void a_set_finds_addresses_by_what_they_are() {
    assertThat(
            run(
                "local ipv4 = require('protocol/ipv4')",
                statement("haka.policy.set{ ipv4.addr('10.0.0.1'), 7, 'x' }"),
                "for _, v in ipairs{ ipv4.addr('10.0.0.1'), ipv4.addr('10.0.0.2'), 7, 'x', 'y' } do",
                "  print(tostring(v)); p:apply{ ctx = {}, values = { v = v } }",
                "end"))
        .isEqualTo("10.0.0.1\nyes\n10.0.0.2\n7\nyes\nx\nyes\ny");
  }

  @Test
  void what_is_learnt_matches_later_and_nothing_else_does() {
    assertThat(
            run(
                statement("haka.policy.learn(haka.policy.range)"),
                "local function try(v) print(v); p:apply{ ctx = {}, values = { v = v } } end",
                "try(3)",
                "haka.policy.learning = true",
                "try(2) try(10)",
                "haka.policy.learning = false",
                "try(3) try(11)"))
        .isEqualTo("3\n2\nyes\n10\nyes\n3\nyes\n11");
  }

  @Test
  void nothing_is_learnt_when_another_criterion_fails() {
    assertThat(
            run(
                "haka.policy{ on = p, a = true, v = haka.policy.learn(haka.policy.set), z = true,",
                "  action = function () print('yes') end }",
                "haka.policy.learning = true",
                "p:apply{ ctx = {}, values = { a = true, v = 2, z = false } }",
                "haka.policy.learning = false",
                "p:apply{ ctx = {}, values = { a = true, v = 2, z = true } }",
                "print('end')"))
        .isEqualTo("end");
  }

  @Test
  void a_class_of_criteria_publishes_its_constructor_and_may_learn() {
    assertThat(
            run(
                "local class = require('class')",
                "local Even = class.class('even', haka.policy.Criterion)",
                "function Even.method:init(rest) self.rest = rest end",
                "function Even.method:compare(v) return v ~= nil and v % 2 == (self.rest or 9) end",
                "function Even.method:learn(v) self.rest = v % 2 end",
                statement("haka.policy.even(0)"),
                "p:apply{ ctx = {}, values = { v = 3 } }",
                "p:apply{ ctx = {}, values = { v = 4 } }",
                "local q = haka.policy.new('q')",
                "haka.policy{ on = q, v = haka.policy.learn(haka.policy.even),",
                "  action = function (_, _, values) print('odd', values.v) end }",
                "haka.policy.learning = true; q:apply{ ctx = {}, values = { v = 1 } }",
                "haka.policy.learning = false; q:apply{ ctx = {}, values = { v = 2 } }",
                "q:apply{ ctx = {}, values = { v = 5 } }",
                "print(select(2, pcall(class.class, 'even', haka.policy.Criterion))",
                "  :match('reserved.*'))"))
        .isEqualTo("yes\nodd 1\nodd 5\nreserved name or already existing policy criterion");
  }

  @Test
  void what_cannot_be_a_statement_is_refused() {
    assertThat(
            run(
                "local function why(f, ...)",
                "  print((select(2, pcall(f, ...)):gsub('^[^:]*:%d+: ', '')))",
                "end",
                "why(haka.policy, 1)",
                "why(haka.policy, { action = print })",
                "why(haka.policy, { on = {}, action = print })",
                "why(haka.policy, { on = p, action = 1 })",
                "why(haka.policy, { on = p, action = { print, 1 } })",
                "why(haka.policy.range, nil, 2)",
                "why(haka.policy.range, 1, nil)",
                "why(haka.policy.outofrange, 2, 1)",
                "why(haka.policy.learn, haka.policy.present)",
                "why(haka.policy.learn, 'x')",
                "why(p.apply, p, { values = {} })",
                "why(p.apply, p, { ctx = {}, values = 1 })",
                "why(p.apply, p, { ctx = {}, values = {}, desc = 1 })",
                "haka.policy{ on = p, v = 1, action = print }",
                "why(p.apply, p, { ctx = {} })"))
        .isEqualTo(
            """
            policy parameter must be a table
            no on defined for policy
            policy on must be a Policy
            policy action must be a function or a list of functions
            policy action must be a function or a list of functions
            invalid min
            invalid max
            invalid bounds
            cannot learn on haka.policy.present criterion
            can only learn on haka.policy.Criterion
            no context defined for policy
            values must be a table
            desc must be a table
            values must be a table\
            """);
  }

  @Test
  void the_stock_actions_drop_log_and_alert_on_a_copy() {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "local p = haka.policy.new('the policy')",
        "local fields = { severity = 'low' }",
        "haka.policy{ on = p, action = { haka.policy.alert(fields), haka.policy.alert(),",
        "  haka.policy.log(haka.log.info, '%s-%d', 'x', 3), haka.policy.drop, haka.policy.accept } }",
        "p:apply{ ctx = { drop = function () print('dropped') end }, desc = { confidence = 7 } }",
        "print(fields.description, fields.confidence)");
    assertThat(replay.text()).isEqualTo("info external: x-3\ndropped\nnil nil");
    assertThat(replay.alerts).hasSize(2);
    assertThat(replay.alerts)
        .allSatisfy(alert -> assertThat(alert.description()).isEqualTo("the policy"));
  }
}
