package dev.tiaki.lua.haka;

import dev.tiaki.engine.log.LogSection;
import dev.tiaki.lua.interactive.CapturedScope;
import dev.tiaki.lua.interactive.InteractiveSession;
import dev.tiaki.lua.interactive.Prompt;
import dev.tiaki.lua.interactive.Terminal;
import dev.tiaki.lua.interactive.ValueText;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.runtime.LuaRuntime;
import dev.tiaki.lua.text.ByteText;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code haka.interactive_rule} and {@code debug.interactive}: prompts in the middle of a rule. */
final class InteractiveFunctions {
  private static final String GREEN = "\u001b[32m";
  private static final String CLEAR = "\u001b[0m";
  private static final int DUMP_DEPTH = 2;

  private final LuaRuntime runtime;
  private final HakaHost host;
  private final LogSection log;

  InteractiveFunctions(LuaRuntime runtime, HakaHost host, LogSection log) {
    this.runtime = runtime;
    this.host = host;
    this.log = log;
  }

  void addTo(LuaTable haka) {
    Builtin.add(haka, "interactive_rule", this::interactiveRule);
    if (runtime.globals().get("debug") instanceof LuaTable debug) {
      LuaTable interactive = new LuaTable();
      Builtin.add(interactive, "enter", this::enter);
      debug.rawset("interactive", interactive);
    }
  }

  /** Returns an {@code eval} that shows what it is called with and opens a prompt. */
  private Varargs interactiveRule(Varargs all) {
    String name = ByteText.of(all.arg1().tostring().checkstring());
    Prompt prompt = new Prompt(name + ">  ", name + ">> ");
    return Builtin.of(
        "interactive rule",
        arguments -> {
          LuaTable inputs = LuaValue.listOf(values(arguments));
          LuaTable scope = new LuaTable();
          scope.rawset("inputs", inputs);
          run(prompt, dump(inputs), scope);
          return LuaValue.NONE;
        });
  }

  private static LuaValue[] values(Varargs arguments) {
    LuaValue[] values = new LuaValue[arguments.narg()];
    for (int i = 0; i < values.length; i++) {
      values[i] = arguments.arg(i + 1);
    }
    return values;
  }

  private String dump(LuaTable inputs) {
    Terminal terminal = host.terminal();
    boolean colors = terminal != null && terminal.hasColors();
    String title = colors ? GREEN + "interactive rule:" + CLEAR : "interactive rule:";
    ValueText values = new ValueText(runtime, DUMP_DEPTH);
    values.show(inputs);
    return title + "\ninputs = " + values.end();
  }

  /** {@code debug.interactive.enter([prompt [, continuation prompt [, message]]])}. */
  private Varargs enter(Varargs all) {
    LuaTable scope = CapturedScope.of(runtime.callerFrame());
    String first = text(all.arg1(), Prompt.DEFAULT.first());
    String continued = text(all.arg(2), Prompt.DEFAULT.continued());
    run(new Prompt(first, continued), text(all.arg(3), ""), scope);
    return LuaValue.NONE;
  }

  private static String text(LuaValue value, String otherwise) {
    return value.isnil() ? otherwise : ByteText.of(value.checkstring());
  }

  private void run(Prompt prompt, String message, LuaTable scope) {
    Terminal terminal = host.terminal();
    if (terminal == null) {
      log.error("no input/output handler");
      return;
    }
    InteractiveSession session = new InteractiveSession(runtime, scope);
    terminal.exclusively(() -> {
      if (!message.isEmpty()) {
        terminal.print(message + "\nHit ^D to end the interactive session\n");
      }
      prompt.run(session, terminal);
    });
  }
}
