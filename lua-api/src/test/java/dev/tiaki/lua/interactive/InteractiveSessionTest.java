package dev.tiaki.lua.interactive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.lua.budget.RuleLimits;
import dev.tiaki.lua.interactive.SessionReply.State;
import dev.tiaki.lua.runtime.LuaRuntime;
import dev.tiaki.lua.runtime.LuaSettings;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** Lua typed line by line into a plain state. */
class InteractiveSessionTest {
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final LuaRuntime runtime =
      new LuaRuntime(
          LuaSettings.defaults(output)
              .withLimits(new RuleLimits(100_000, 100_000, 512L << 20, 64 << 20)));
  private final LuaTable scope = new LuaTable();

  private InteractiveSession session() {
    return new InteractiveSession(runtime, scope);
  }

  private String typed(String... lines) {
    ScriptedTerminal terminal = new ScriptedTerminal(lines);
    Prompt.DEFAULT.run(session(), terminal);
    return terminal.seen();
  }

  @Test
  void a_line_is_an_expression_first_then_a_statement() {
    assertThat(typed("1 + 1", "x = 3", "x, 'y'", "print(x)", ""))
        .isEqualTo(
            """
            >  1 + 1
            2
            >  x = 3
            >  x, 'y'
            3
            y
            >  print(x)
            3
            > \s
            >  ^D
            """);
    assertThat(output.toString(UTF_8)).isEmpty();
  }

  @Test
  void a_line_that_is_not_complete_goes_on_in_the_next_one() {
    assertThat(typed("for i = 1, 2 do", "print(i)", "end", "s = [[a", "b]]", "s"))
        .isEqualTo(
            """
            >  for i = 1, 2 do
            >> print(i)
            >> end
            1
            2
            >  s = [[a
            >> b]]
            >  s
            a
            b
            >  ^D
            """);
  }

  @Test
  void an_empty_line_gives_up_what_is_not_complete() {
    assertThat(typed("if true then", "", "7"))
        .contains("'end' expected (to close 'if' at line 1)\n")
        .endsWith(">  7\n7\n>  ^D\n");
  }

  @Test
  void return_ends_the_session_and_shows_what_it_returns() {
    assertThat(typed("if true then return 5 end", "never"))
        .isEqualTo(">  if true then return 5 end\n5\n");
    assertThat(typed("return", "never")).isEqualTo(">  return\n");
    assertThat(typed("return 1, nil")).isEqualTo(">  return 1, nil\n1\nnil\n");
  }

  @Test
  void errors_are_answers() {
    assertThat(typed("do error('oh') end", "x y", "nil + 1", "1"))
        .contains(">  do error('oh') end\nstdin:1: oh\n")
        .contains(">  x y\nstdin:1: ")
        .contains(">  nil + 1\nstdin:1: attempt to perform arithmetic on a nil value")
        .endsWith(">  1\n1\n>  ^D\n");
    assertThat(session().enter("error()"))
        .isEqualTo(new SessionReply(State.READY, "aborted\n", true));
  }

  @Test
  void errors_are_red_where_colours_are_shown() {
    ScriptedTerminal terminal = new ScriptedTerminal(true, "error('oh', 0)");
    Prompt.DEFAULT.run(session(), terminal);
    assertThat(terminal.seen()).contains("\u001b[31;1moh\u001b[0m\n");
  }

  @Test
  void a_line_has_a_budget_of_its_own_and_leaves_that_of_the_event_alone() {
    runtime.budget().enter();
    runtime.budget().work(60_000);
    SessionReply reply = session().enter("while true do end");
    assertThat(reply.failed()).isTrue();
    assertThat(reply.text()).startsWith("stdin:1: rule stopped: it used more than");
    assertThat(session().enter("1").text()).isEqualTo("1\n");
    assertThat(runtime.budget().depth()).isEqualTo(1);
    runtime.budget().work(30_000);
    runtime.budget().leave();
  }

  @Test
  void names_of_the_scope_hide_globals_and_take_assignments() {
    scope.rawset("a", LuaValue.valueOf(1));
    runtime.globals().rawset("b", LuaValue.valueOf(2));
    assertThat(typed("a, b", "a, b = 3, 4", "a + b")).contains("1\n2\n").contains("7\n");
    assertThat(scope.rawget("a").toint()).isEqualTo(3);
    assertThat(runtime.globals().rawget("a").isnil()).isTrue();
    assertThat(runtime.globals().rawget("b").toint()).isEqualTo(4);
  }

  @Test
  void text_of_other_scripts_comes_back_as_it_was_typed() {
    assertThat(typed("'kia ora, tāne'", "print('ā')", "error('ā', 0)"))
        .contains("\nkia ora, tāne\n")
        .contains("\nā\n")
        .contains(">  error('ā', 0)\nā\n");
  }

  @Test
  void too_much_text_is_cut() {
    SessionReply reply = session().enter("print(string.rep('x', 300 * 1024))");
    assertThat(reply.text()).hasSizeLessThan(300 * 1024).endsWith("…\n");
  }

  @Test
  void the_end_of_a_line_is_completed() {
    scope.rawset("strange", LuaValue.valueOf(1));
    assertThat(session().complete("x = str"))
        .isEqualTo(new Completion(4, List.of("strange", "string")));
    assertThat(session().complete("string.re").candidates()).containsExactly("rep", "reverse");
    assertThat(session().complete("whi").candidates()).containsExactly("while");
    assertThat(session().complete("f().x")).isEqualTo(Completion.NOTHING);
    assertThat(session().complete("nothing.x")).isEqualTo(Completion.NOTHING);
    assertThat(session().complete("").candidates()).contains("and", "print").doesNotContain("_G");
    assertThat(session().complete("_").candidates()).contains("_G");
    typed("t = { f = print, n = 1, _h = 2 }");
    assertThat(session().complete("t.").candidates()).containsExactly("f", "n");
    assertThat(session().complete("t:").candidates()).containsExactly("f");
    assertThat(session().complete("t._").candidates()).containsExactly("_h");
  }
}
