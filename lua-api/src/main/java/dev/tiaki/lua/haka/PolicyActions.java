package dev.tiaki.lua.haka;

import dev.tiaki.lua.lib.Builtin;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The actions of policies that are always there; called with {@code policy, ctx, values, desc}. */
final class PolicyActions {
  private final AlertFunctions alerts;

  PolicyActions(AlertFunctions alerts) {
    this.alerts = alerts;
  }

  void addTo(LuaTable policy) {
    Builtin.add(policy, "drop", PolicyActions::drop);
    Builtin.add(policy, "accept", all -> LuaValue.NONE);
    Builtin.add(policy, "alert", all -> alertAction(all.arg1()));
    Builtin.add(policy, "log", PolicyActions::logAction);
  }

  private static Varargs drop(Varargs all) {
    LuaValue context = all.arg(2);
    return context.get("drop").call(context);
  }

  private LuaValue alertAction(LuaValue fields) {
    return Builtin.of(
        "alert",
        all -> {
          LuaTable alert = new LuaTable();
          merge(alert, all.arg(4));
          merge(alert, fields);
          if (alert.get("description").isnil()) {
            alert.set("description", all.arg1().get("name"));
          }
          alerts.post(alert);
          return LuaValue.NONE;
        });
  }

  private static void merge(LuaTable target, LuaValue source) {
    if (source instanceof LuaTable table) {
      for (LuaValue key : table.keys()) {
        target.set(key, table.get(key));
      }
    }
  }

  private static Varargs logAction(Varargs given) {
    LuaValue logger = given.arg1();
    Varargs text = given.subargs(2);
    return Builtin.of("log", all -> logger.invoke(text));
  }
}
