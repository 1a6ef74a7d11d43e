package dev.tiaki.lua.haka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.lua.interactive.InteractiveSession;
import dev.tiaki.lua.interactive.ScriptedTerminal;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.runtime.LuaRuntime;
import dev.tiaki.traffic.Conversation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.luaj.vm2.LuaValue;

/** Prompts that rules open. */
class InteractiveRulesTest {
  private static final String DATA = "haka.dissectors.tcp_connection.events.receive_data";

  private static Conversation conversation() {
    return Conversation.between("10.0.0.1:1234", "10.0.0.2:80").handshake();
  }

  @Test
  void an_interactive_rule_shows_its_inputs_and_opens_a_prompt() {
    RuleReplay replay = new RuleReplay();
    ScriptedTerminal terminal =
        new ScriptedTerminal("inputs[2]:asstring()", "inputs[1]:drop()", "return");
    replay.terminal = terminal;
    replay.rules("haka.rule{ on = " + DATA + ", eval = haka.interactive_rule('data') }");
    replay.receive(conversation().up("abcd").frames());
    assertThat(terminal.seen())
        .startsWith("interactive rule:\ninputs = table {\n")
        .contains(
            "\nHit ^D to end the interactive session\ndata>  inputs[2]:asstring()\n\"abcd\"\n")
        .endsWith("data>  return\n");
    assertThat(replay.verdicts).endsWith("drop 4 RULE");
  }

  @Test
  void a_prompt_sees_the_locals_and_upvalues_around_it() {
    RuleReplay replay = new RuleReplay();
    ScriptedTerminal terminal =
        new ScriptedTerminal(
            "count, direction, #text",
            "later",
            "count = 9",
            "if count == 9 then",
            "text end",
            "text");
    replay.terminal = terminal;
    replay.rules(
        "local count = 7",
        "haka.rule{ on = " + DATA + ", eval = function (flow, sub, direction)",
        "  local text = sub:asstring()",
        "  debug.interactive.enter('here> ', 'more> ', 'look')",
        "  local later = 1",
        "  print(count) end }");
    replay.receive(conversation().up("abcd").frames());
    assertThat(terminal.seen())
        .isEqualTo(
            """
            look
            Hit ^D to end the interactive session
            here> count, direction, #text
            7
            "up"
            4
            here> later
            nil
            here> count = 9
            here> if count == 9 then
            more> text end
            stdin:2: syntax error
            here> text
            "abcd"
            here> ^D
            """);
    assertThat(replay.text()).isEqualTo("7");
  }

  @Test
  void without_a_terminal_the_rule_goes_on() {
    RuleReplay replay = new RuleReplay();
    replay.rules("debug.interactive.enter() print('on')");
    assertThat(replay.text()).isEqualTo("error lua: no input/output handler\non");
  }

  @Test
  void attributes_and_methods_of_native_objects_are_completed() {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "kept = {}",
        "haka.rule{ on = haka.dissectors.tcp.events.receive_packet, eval = function (p) kept.tcp = p",
        "  seen = names() end }",
        "haka.rule{ on = " + DATA + ", eval = function (flow, sub) kept.flow, kept.sub = flow, sub",
        "  names() end }");
    LuaRuntime runtime = replay.runtime();
    InteractiveSession session = new InteractiveSession(runtime);
    List<String> seen = new ArrayList<>();
    runtime
        .globals()
        .set(
            "names",
            Builtin.of(
                "names",
                all -> {
                  seen.clear();
                  for (String line :
                      List.of("kept.tcp.s", "kept.flow:d", "kept.sub:as", "haka.dissectors.tcp_")) {
                    seen.addAll(session.complete(line).candidates());
                  }
                  return LuaValue.NONE;
                }));
    replay.receive(conversation().up("abcd").frames());
    assertThat(seen)
        .containsExactly(
            "select_next_dissector",
            "send",
            "seq",
            "srcport",
            "drop",
            "asbits",
            "asnumber",
            "asstring",
            "tcp_connection");
  }
}
