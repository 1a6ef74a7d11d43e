package dev.tiaki.lua.haka;

import dev.tiaki.engine.log.LogSection;
import dev.tiaki.engine.rule.OnRuleError;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.runtime.LuaRuntime;
import dev.tiaki.lua.shared.RuleSwitch;
import dev.tiaki.lua.text.ByteText;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code haka.rule}, {@code haka.rule_group} and {@code haka.rule_summary}. */
final class RuleFunctions {
  private final LuaRuntime runtime;
  private final Situation situation;
  private final RuleRegistry registry;
  private final LogSection log;

  RuleFunctions(LuaRuntime runtime, Situation situation, RuleRegistry registry, LogSection log) {
    this.runtime = runtime;
    this.situation = situation;
    this.registry = registry;
    this.log = log;
  }

  void addTo(LuaTable haka) {
    Builtin.add(haka, "rule", this::rule);
    Builtin.add(haka, "rule_group", this::group);
    Builtin.add(
        haka,
        "rule_summary",
        all -> {
          registry.logSummary(log);
          return LuaValue.NONE;
        });
  }

  private Varargs rule(Varargs all) {
    LuaTable rule = parameters(all.arg1(), "rule parameter must be a table");
    String location = runtime.callerLocation();
    LuaValue on = event(rule, location, "rule");
    EventObject event = checked(on, "no event defined for rule", "rule must bind on an event");
    LuaValue eval = function(rule, "eval", null, "rule eval function expected");
    LuaValue options = options(rule, "rule options should be table");
    describe(rule, location, "simple");
    RuleEntry entry = entry(rule, event, location, false);
    bind(event, eval, entry, options);
    return new RuleObject(entry);
  }

  private Varargs group(Varargs all) {
    LuaTable group = parameters(all.arg1(), "rule group parameter must be a table");
    String location = runtime.callerLocation();
    LuaValue on = event(group, location, "rule groupe");
    EventObject event =
        checked(on, "no event defined for rule group", "rule group must bind on an event");
    RuleGroup made =
        new RuleGroup(
            event,
            function(group, "init", RuleGroup.NOTHING, "rule group init function expected"),
            function(group, "continue", RuleGroup.ALWAYS, "rule group continue function expected"),
            function(group, "final", RuleGroup.NOTHING, "rule group final function expected"));
    LuaValue options = options(group, "rule group options should be table");
    describe(group, location, "group");
    RuleEntry entry = entry(group, event, location, true);
    bind(event, made, entry, options);
    return made.object(entry);
  }

  private RuleEntry entry(
      LuaTable rule, EventObject event, @Nullable String location, boolean group) {
    String what = group ? "rule group" : "rule";
    return registry.add(
        nameOf(rule), event.eventName(), location, group, mode(rule, what), onError(rule, what));
  }

  private static RuleMode mode(LuaTable rule, String what) {
    return switch (rule.get("mode").optjstring("enforce")) {
      case "enforce" -> RuleMode.ENFORCE;
      case "alert" -> RuleMode.ALERT;
      default -> throw Raised.at(what + " mode should be 'alert' or 'enforce'");
    };
  }

  private static @Nullable OnRuleError onError(LuaTable rule, String what) {
    return switch (rule.get("on_error").optjstring("")) {
      case "" -> null;
      case "drop" -> OnRuleError.DROP;
      case "accept" -> OnRuleError.ACCEPT;
      case "alert" -> OnRuleError.ALERT;
      default -> throw Raised.at(what + " on_error should be 'drop', 'accept' or 'alert'");
    };
  }

  private void bind(EventObject event, LuaValue function, RuleEntry entry, LuaValue options) {
    RuleCall call = new RuleCall(runtime, situation, entry, event.listener(function, options));
    event.bind(call, !options.isnil() && options.get("streamed").toboolean());
  }

  /** Binds {@code event, function, options} without making a rule of it. */
  Varargs listen(Varargs all) {
    if (!(all.arg1() instanceof EventObject event)) {
      throw Raised.at("event expected");
    }
    LuaValue options = all.arg(3);
    bind(
        event,
        all.checkfunction(2),
        new RuleEntry(
            null, event.eventName(), null, false, RuleMode.ENFORCE, null, new RuleSwitch()),
        options.istable() ? options : LuaValue.NIL);
    return LuaValue.NONE;
  }

  private static LuaTable parameters(LuaValue value, String problem) {
    if (value instanceof LuaTable table) {
      return table;
    }
    throw Raised.at(problem);
  }

  private LuaValue event(LuaTable rule, @Nullable String location, String what) {
    OldDialects.refuseHooks(rule);
    LuaValue on = rule.get("on");
    LuaValue hook = rule.get("hook");
    if (hook.isnil()) {
      return on;
    }
    log.warn(
        what
            + " at "
            + location
            + " uses 'hook' keyword which is deprecated and should be replaced by 'on'");
    return hook;
  }

  private static EventObject checked(LuaValue on, String missing, String wrong) {
    if (on.isnil()) {
      throw Raised.at(missing);
    }
    if (on instanceof EventObject event) {
      return event;
    }
    throw Raised.at(wrong);
  }

  static LuaValue function(
      LuaTable rule, String key, @Nullable LuaValue otherwise, String problem) {
    LuaValue value = rule.get(key);
    if (value.isnil() && otherwise != null) {
      return otherwise;
    }
    if (value.isfunction()) {
      return value;
    }
    throw Raised.at(problem);
  }

  private static LuaValue options(LuaTable rule, String problem) {
    LuaValue options = rule.get("options");
    if (!options.isnil() && !options.istable()) {
      throw Raised.at(problem);
    }
    return options;
  }

  private static @Nullable String nameOf(LuaTable rule) {
    LuaValue name = rule.get("name");
    return name instanceof LuaString text ? ByteText.of(text) : null;
  }

  private static void describe(LuaTable rule, @Nullable String location, String type) {
    rule.rawset("type", LuaString.valueOf(type));
    if (location != null) {
      rule.rawset("location", LuaString.valueOf(location));
    }
  }
}
