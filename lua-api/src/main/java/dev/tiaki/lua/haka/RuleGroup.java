package dev.tiaki.lua.haka;

import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/**
 * A rule group: one listener that runs {@code init}, its rules in order as long as {@code continue}
 * says so, and {@code final} when all were run.
 */
final class RuleGroup extends VarArgFunction {
  static final LuaValue NOTHING = Builtin.of("nothing", all -> LuaValue.NONE);
  static final LuaValue ALWAYS = Builtin.of("always", all -> LuaValue.TRUE);

  private final EventObject event;
  private final LuaValue init;
  private final LuaValue mayContinue;
  private final LuaValue last;
  private final List<LuaValue> rules = new ArrayList<>();

  RuleGroup(EventObject event, LuaValue init, LuaValue mayContinue, LuaValue last) {
    this.event = event;
    this.init = init;
    this.mayContinue = mayContinue;
    this.last = last;
  }

  /** Returns the object that a rule file adds rules to. */
  LuaTable object(RuleEntry entry) {
    RuleObject object = new RuleObject(entry);
    Builtin.add(object, "rule", this::addRule);
    return object;
  }

  private Varargs addRule(Varargs all) {
    LuaValue rule = all.arg(2);
    if (rule.isfunction()) {
      rules.add(rule);
    } else if (rule instanceof LuaTable table) {
      OldDialects.refuseHooks(table);
      rules.add(RuleFunctions.function(table, "eval", null, "rule eval function expected"));
    } else {
      throw Raised.at("rule parameter must be a table");
    }
    return LuaValue.NONE;
  }

  @Override
  public Varargs invoke(Varargs arguments) {
    init.invoke(arguments);
    for (int i = 0; i < rules.size(); i++) {
      LuaValue result = rules.get(i).invoke(arguments).arg1();
      event.checkContinue(arguments);
      if (!mayContinue.invoke(LuaValue.varargsOf(result, arguments)).arg1().toboolean()) {
        return NONE;
      }
    }
    last.invoke(arguments);
    event.checkContinue(arguments);
    return NONE;
  }
}
