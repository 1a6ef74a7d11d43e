package dev.tiaki.lua.haka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.lua.interactive.ScriptedTerminal;
import dev.tiaki.traffic.Conversation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The debugger as somebody sees it who types into it: transcripts of rules over one packet. */
class DebuggerRulesTest {
  @TempDir Path folder;

  private String session(String source, String... commands) throws IOException {
    Path file = folder.resolve("rules.lua");
    Files.writeString(file, source);
    RuleReplay replay = new RuleReplay();
    ScriptedTerminal terminal = new ScriptedTerminal(commands);
    replay.terminal = terminal;
    replay.runtime().runFile(file);
    replay.receive(
        Conversation.between("10.0.0.1:1234", "10.0.0.2:80").handshake().frames().subList(0, 1));
    return terminal.seen().replace(folder + "/", "");
  }

  private static final String COUNTING =
      """
      debug.debugger.start()
      local seen = 0
      local function count(port)
        seen = seen + 1
        return port
      end
      haka.rule{ on = haka.dissectors.tcp.events.receive_packet, eval = function (tcp)
        debug.breakpoint()
        local port = count(tcp.dstport)
        local text = 'port ' .. port
        print(text)
      end }
      """;

  @Test
  void a_breakpoint_in_the_code_stops_at_the_next_line_and_steps_go_on_from_there()
      throws IOException {
    assertThat(session(COUNTING, "step", "bt", "", "finish", "local 2", "next", "c"))
        .isEqualTo(
            """
            thread: 0
               9=>    local port = count(tcp.dstport)
            debug>  step
            thread: 0
               4=>    seen = seen + 1
            debug>  bt
            Backtrace
             =>0\trules.lua:4: in function 'count'
              #1\trules.lua:9: in function <rules.lua:7>
            debug> \s
            Backtrace
             =>0\trules.lua:4: in function 'count'
              #1\trules.lua:9: in function <rules.lua:7>
            debug>  finish
            thread: 0
              10=>    local text = 'port ' .. port
            debug>  local 2
              #2\tport = 80
            debug>  next
            thread: 0
              11=>    print(text)
            debug>  c
            """);
  }

  @Test
  void lines_of_the_file_get_breakpoints_and_lose_them() throws IOException {
    String seen =
        session(COUNTING, "b 4", "b", "list", "rb", "rb 99", "c", "upvalue", "print seen + 1", "c");
    assertThat(seen)
        .contains(
            """
            debug>  b 4
            breakpoint added at 'rules.lua:4'
            debug>  b
            breakpoint added at 'rules.lua:9'
            debug>  list
               4#   seen = seen + 1
            """
                .replace("4#   ", "4#     "))
        .contains("   9#=>   local port = count(tcp.dstport)\n")
        .contains("breakpoint removed from 'rules.lua:9'\n")
        .contains("no breakpoint at 'rules.lua:99'\n")
        .contains(
            """
            debug>  c
            entering debugger: breakpoint
            thread: 0
               4#=>   seen = seen + 1
            debug>  upvalue
              #1\tseen = 0
            debug>  print seen + 1
            1
            debug>  c
            """);
  }

  @Test
  void frames_are_changed_and_their_names_evaluated() throws IOException {
    assertThat(
            session(
                COUNTING, "step", "p port", "f 1", "p tcp.dstport, seen", "f 7", "f x", "frame"))
        .contains("debug>  p port\n80\n")
        .contains("debug>  f 1\n  #1\trules.lua:9: in function <rules.lua:7>\n")
        .contains("debug>  p tcp.dstport, seen\n80\nnil\n")
        .contains("debug>  f 7\ninvalid frame index '7'\n")
        .contains("debug>  f x\ninvalid frame index 'x'\n")
        .endsWith("debug>  frame\n  #1\trules.lua:9: in function <rules.lua:7>\ndebug>  ^D\n");
  }

  @Test
  void a_failing_rule_is_looked_at_after_the_fact() throws IOException {
    assertThat(
            session(
                """
                debug.debugger.start()
                haka.rule{ on = haka.dissectors.tcp.events.receive_packet, eval = function (tcp)
                  local port = tcp.dstport
                  error('port ' .. port)
                end }
                """,
                "local 2",
                "local 9",
                "stack 9999",
                "none",
                "list 1"))
        .isEqualTo(
            """
            entering debugger: rules.lua:4: port 80
            thread: 0
            Backtrace
             =>0\trules.lua:4: in function <rules.lua:2>
               4=>    error('port ' .. port)
            debug>  local 2
              #2\tport = 80
            debug>  local 9
            invalid local index '9'
            debug>  stack 9999
            invalid stack index '9999'
            debug>  none
            invalid command 'none'
            debug>  list 1
               1:   debug.debugger.start()
               2:   haka.rule{ on = haka.dissectors.tcp.events.receive_packet, eval = function (tcp)
               3:     local port = tcp.dstport
               4=>    error('port ' .. port)
               5:   end }
            debug>  ^D
            """);
  }

  @Test
  void variables_that_are_nil_are_shown_in_the_order_of_their_declaration() throws IOException {
    assertThat(
            session(
                """
                debug.debugger.start()
                local kept
                local function f(z, a)
                  local b
                  debug.breakpoint()
                  return z, a, b, kept
                end
                f(1)
                """,
                "local",
                "upvalue",
                "p a"))
        .contains(
            """
            debug>  local
              #1\tz = 1
              #2\ta = nil
              #3\tb = nil
            """)
        .contains("debug>  p a\nnil\n");
  }

  @Test
  void aborts_and_errors_that_a_rule_catches_stop_nowhere() throws IOException {
    assertThat(
            session(
                """
                debug.debugger.start()
                haka.rule{ on = haka.dissectors.tcp.events.receive_packet, eval = function (tcp)
                  pcall(error, 'x')
                  haka.abort()
                end }
                """))
        .isEmpty();
  }

  @Test
  void a_stopped_debugger_stops_nowhere() throws IOException {
    assertThat(
            session(
                COUNTING.replace("debug.debugger.start()", "debug.debugger.start(true)")
                    + "debug.debugger.stop()\n",
                "c"))
        .startsWith("thread: 0\n   2=>  local seen = 0\ndebug>  c\n")
        .doesNotContain("local port");
  }

  @Test
  void help_names_every_command() throws IOException {
    assertThat(session(COUNTING, "help"))
        .contains("bt ", "frame N", "stack", "local", "upvalue", "print EXP", "list", "break")
        .contains("removebreak", "next", "step", "finish", "continue", "help");
  }

  @Test
  void without_a_terminal_there_is_no_debugger() {
    RuleReplay replay = new RuleReplay();
    replay.rules("debug.debugger.start() debug.breakpoint() print('on')");
    assertThat(replay.text()).isEqualTo("error lua: no input/output handler\non");
  }
}
