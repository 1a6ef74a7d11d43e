package dev.tiaki.lua.haka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.traffic.Conversation;
import dev.tiaki.traffic.Frame;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** State machines: the order of their callbacks, timers on network time, how they end. */
class StateMachineRulesTest {
  private static final String TRACED =
      """
      local Test = haka.state_machine.new_state_type{ events = { 'go', 'say' } }
      local function traced(name, define)
        return haka.state_machine.new(name, function ()
          state_type(Test)
          local function trace(event)
            any:on{ event = events[event], execute = function (self)
              print(event, self.m and self.m.current)
            end }
          end
          define(trace)
        end)
      end
      local function start(machine)
        local owner = {}
        owner.m = machine:instanciate(owner)
        return owner
      end
      """;

  private static RuleReplay rules(String... lines) {
    return new RuleReplay().rules(TRACED + String.join("\n", lines));
  }

  private static String run(String... lines) {
    return rules(lines).text();
  }

  @Test
  void a_jump_leaves_then_enters_and_any_comes_after_the_states_own_actions() {
    assertThat(
            run(
                "local o = start(traced('t', function (trace)",
                "  a = state() b = state()",
                "  for _, e in ipairs{ 'init', 'enter', 'leave', 'finish', 'fail' } do trace(e) end",
                "  a:on{ event = events.enter, execute = function () print('own enter') end }",
                "  a:on{ event = events.go, when = function (_, x) return x == 1 end, jump = b }",
                "  a:on{ event = events.go, execute = function (self, x) print('stay', x) end }",
                "  b:on{ event = events.go, jump = finish }",
                "  initial(a)",
                "end))",
                "print(o.m.current)",
                "o.m:trigger('go', 2)",
                "o.m:trigger('go', 1)",
                "o.m:trigger('go')",
                "print(o.m.current, o.m._instance.finished, o.m._instance.failed)",
                "print(pcall(o.m.trigger, o.m, 'go'))"))
        .isEqualTo(
            """
            own enter
            init nil
            a
            stay 2
            leave a
            enter b
            leave b
            finish b
            nil true false
            false state machine instance has finished\
            """);
  }

  @Test
  void leave_redirects_and_enter_goes_on_and_fail_ends_by_leave_and_finish() {
    assertThat(
            run(
                "local o = start(traced('t', function (trace)",
                "  a = state() b = state() c = state()",
                "  for _, e in ipairs{ 'enter', 'leave', 'finish', 'fail' } do trace(e) end",
                "  a:on{ event = events.go, jump = b }",
                "  b:on{ event = events.leave, execute = function () print('b leaves') end, jump = c }",
                "  b:on{ event = events.go, jump = a }",
                "  c:on{ event = events.enter, execute = function () print('c fails') end, jump = fail }",
                "  initial(a)",
                "end))",
                "o.m:trigger('go')",
                "o.m:trigger('go')",
                "print(o.m._instance.finished, o.m._instance.failed)"))
        .isEqualTo(
            """
            enter nil
            leave a
            enter b
            b leaves
            c fails
            fail c
            leave c
            finish c
            true true\
            """);
  }

  @Test
  void errors_of_the_engines_callbacks_fail_the_machine_and_aborts_finish_it() {
    assertThat(
            run(
                "for _, what in ipairs{ 'error', 'abort', 'trigger' } do",
                "  local o = start(traced('t', function (trace)",
                "    a = state() b = state()",
                "    trace('fail') trace('finish')",
                "    a:on{ event = events.go, jump = b }",
                "    a:on{ event = events.say, execute = function () error('mine', 0) end }",
                "    b:on{ event = events.enter, execute = function ()",
                "      if what == 'error' then error('bad', 0) else haka.abort() end",
                "    end }",
                "    initial(a)",
                "  end))",
                "  if what == 'trigger' then print(pcall(o.m.trigger, o.m, 'say'), o.m.current)",
                "  else o.m:trigger('go') end",
                "end",
                "print(select(2, pcall(function () start(traced('t', function ()",
                "  a = state() initial(a) end)).m:trigger('none') end)):match('no event.*'))"))
        .isEqualTo(
            """
            error lua: state machine: bad
            fail b
            finish b
            finish b
            false a
            no event named 'none' on state 'a'\
            """);
  }

  @Test
  void definitions_are_checked() {
    assertThat(
            run(
                    "local function why(f)",
                    "  local ok, text = pcall(haka.state_machine.new, 'x', f)",
                    "  print(ok, (tostring(text):gsub('^[^ ]*:%d+: ', '')))",
                    "end",
                    "why(3)",
                    "why(function () state_type(Test) a = state() end)",
                    "why(function () a = state() end)",
                    "why(function () state_type(Test) any = state() end)",
                    "why(function () state_type(Test) a = state() a:on{ event = events.nope, jump = a } end)",
                    "why(function () state_type(Test) a = state() a:on{ event = events.go } end)",
                    "why(function () state_type(Test) a = state() a:on{ event = events.go, when = 1 } end)",
                    "why(function () state_type(Test) a = state() a:on{ event = events.go, execute = 1 } end)",
                    "why(function () state_type(Test) a = state() a:on{ event = events.go, jump = 1 } end)",
                    "why(function () state_type(Test) a = state() a:on{ events = 1, jump = a } end)",
                    "why(function () events.timeout(0) end)",
                    "why(function () state_type(BidirectionalState) a = state(1) end)",
                    "why(function () state_type(Test) seen = 7 a = state() b = state() initial(a) end)",
                    "print(seen, a, getmetatable(_G))")
                .replaceAll("0x[0-9a-f]+", "*"))
        .isEqualTo(
            """
            false state machine definition must by a function
            false state machine must have an initial state
            false cannot create state without prior call to state_type()
            false 'any' is reserved in the state machine scope
            false unknown event 'nope'
            false action must have either an execute or a jump
            false when must be a function
            false execute must be a function
            false can only jump on defined state
            false events must be a table of event
            false invalid timer delay
            false bidirectionnal state expect an exported element of a grammar
            warn states: state machine x never jump on state: b
            true <class instance StateMachine: *>
            7 nil nil\
            """);
  }

  @Test
  void a_machine_that_jumps_in_a_circle_fails() {
    assertThat(
            run(
                "local o = start(traced('loop', function (trace)",
                "  a = state() b = state()",
                "  a:on{ event = events.enter, jump = b }",
                "  b:on{ event = events.enter, jump = a }",
                "  initial(a)",
                "end))",
                "print(o.m._instance.failed)"))
        .isEqualTo("error lua: state machine: loop: more than 1000 transitions at once\ntrue");
  }

  /** A frame at each of these milliseconds. */
  private static List<Frame> at(long... millis) {
    Frame first = Conversation.between("10.0.0.1:1", "10.0.0.2:2").syn().frames().getFirst();
    return Arrays.stream(millis).mapToObj(ms -> first.at(ms * 1_000_000L)).toList();
  }

  @Test
  void timeouts_run_on_network_time_once_for_all_missed_periods() {
    RuleReplay replay =
        rules(
            "local o",
            "haka.rule{ on = haka.dissectors.packet.events.receive_packet, eval = function (pkt)",
            "  print('packet', pkt.id)",
            "  o = o or start(traced('t', function (trace)",
            "    a = state() b = state()",
            "    trace('enter')",
            "    a:on{ event = events.timeout(0.5), execute = function (self)",
            "      self.n = (self.n or 0) + 1",
            "      print('tick', self.n)",
            "    end }",
            "    a:on{ event = events.timeout(3.1), jump = b }",
            "    initial(a)",
            "  end))",
            "end }");
    replay.receive(at(0, 499, 500, 600, 1000, 2900, 3000, 9000));
    assertThat(replay.text())
        .isEqualTo(
            """
            packet 1
            enter nil
            packet 2
            tick 1
            packet 3
            packet 4
            tick 2
            packet 5
            tick 3
            packet 6
            tick 4
            packet 7
            enter b
            packet 8\
            """);
  }

  @Test
  void live_machines_finish_at_the_end_the_newest_first() {
    RuleReplay replay =
        rules(
            "local machine = traced('t', function (trace)",
            "  a = state()",
            "  a:on{ event = events.finish, execute = function (self) print('bye', self.name) end }",
            "  a:on{ event = events.go, jump = finish }",
            "  initial(a)",
            "end)",
            "local owners = {}",
            "for _, name in ipairs{ 'one', 'two', 'three' } do",
            "  local o = { name = name }",
            "  o.m = machine:instanciate(o)",
            "  owners[name] = o",
            "end",
            "owners.two.m:trigger('go')");
    assertThat(replay.text()).isEqualTo("bye two");
    replay.finish();
    assertThat(replay.text()).isEqualTo("bye three\nbye one");
  }
}
