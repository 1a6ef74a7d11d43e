package dev.tiaki.lua.haka;

import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code haka.context} and {@code haka.event}: scopes, and events that rule files make. */
final class ContextTable {
  private final LuaTable context = new LuaTable();
  private LuaValue scope = LuaValue.NIL;

  void addTo(LuaTable haka) {
    Builtin.add(context, "newscope", all -> newScope());
    Builtin.add(context, "exec", this::exec);
    Builtin.add(context, "scope", all -> scope);
    Builtin.add(context, "signal", ContextTable::signal);
    haka.rawset("context", context);
    LuaTable event = new LuaTable();
    LuaTable eventClass = new LuaTable();
    Builtin.add(eventClass, "new", ContextTable::newEvent);
    event.rawset("Event", eventClass);
    haka.rawset("event", event);
  }

  private static Varargs newEvent(Varargs all) {
    return EventObject.plain(all.checkjstring(2));
  }

  private static LuaTable newScope() {
    LuaTable scope = new LuaTable();
    LuaTable namespaces = new LuaTable();
    Builtin.add(
        scope,
        "createnamespace",
        all -> {
          namespaces.rawset(all.arg(2), all.arg(3));
          return LuaValue.NONE;
        });
    Builtin.add(scope, "namespace", all -> namespaces.rawget(all.arg(2)));
    return scope;
  }

  private Varargs exec(Varargs all) {
    LuaValue outer = scope;
    scope = all.arg(2);
    try {
      return all.arg(3).call();
    } finally {
      scope = outer;
    }
  }

  private static Varargs signal(Varargs all) {
    if (!(all.arg(3) instanceof EventObject event)) {
      throw Raised.at("event expected");
    }
    event.signal(LuaValue.varargsOf(all.arg(2), all.subargs(4)));
    return LuaValue.NONE;
  }
}
