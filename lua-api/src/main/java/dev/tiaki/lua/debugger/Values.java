package dev.tiaki.lua.debugger;

import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.lua.interactive.CapturedScope;
import dev.tiaki.lua.interactive.ValueText;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.runtime.LuaRuntime;
import dev.tiaki.lua.state.InterpretedFrame;
import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaValue;

/** Variables with their values, a line or more each; of tables only what is directly in them. */
final class Values {
  private final LuaRuntime runtime;
  private final ValueText text;

  Values(LuaRuntime runtime) {
    this.runtime = runtime;
    text = new ValueText(runtime, 1);
  }

  /** Returns {@code name = value} for each variable. */
  List<String> of(List<CapturedScope.Variable> variables) {
    return variables.stream()
        .map(variable -> variable.name().tojstring() + " = " + shown(variable.value()))
        .toList();
  }

  /** Returns the registers of a function up to the last one in use. */
  List<String> registers(InterpretedFrame frame) {
    List<String> lines = new ArrayList<>();
    for (LuaValue value : frame.registers()) {
      lines.add(value == null ? "nil\n" : shown(value));
    }
    while (!lines.isEmpty() && lines.getLast().equals("nil\n")) {
      lines.removeLast();
    }
    return lines;
  }

  private String shown(LuaValue value) {
    try {
      runtime.callAside(Builtin.of("show", all -> text.show(value)), LuaValue.NONE);
      return text.end();
    } catch (RuleFailure | RuleAbort failure) {
      text.end();
      return "(" + failure.getMessage() + ")\n";
    }
  }
}
