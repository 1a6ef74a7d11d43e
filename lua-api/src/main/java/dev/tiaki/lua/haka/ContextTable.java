package dev.tiaki.lua.haka;

import dev.tiaki.engine.log.LogSection;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code haka.context} and {@code haka.event}: scopes, and events that rule files make. */
final class ContextTable {
  private static final LuaString CONNECTIONS = LuaString.valueOf("_connections");
  private static final LuaString SIGNAL = LuaString.valueOf("signal");

  private final LogSection log;
  private final LuaTable context;
  private final LuaTable event;
  private LuaValue scope = LuaValue.NIL;

  ContextTable(LogSection log, LuaResources resources, RuleFunctions rules) {
    this.log = log;
    LuaTable natives = new LuaTable();
    context = new LazyTable(key -> resources.runOnce("connections", natives));
    event = new LazyTable(key -> resources.runOnce("connections", natives));
    Builtin.add(natives, "listen", rules::listen);
    Builtin.add(natives, "isevent", all -> LuaValue.valueOf(all.arg1() instanceof EventObject));
    natives.rawset("event", event);
    natives.rawset("context", context);
    addFunctions();
  }

  private void addFunctions() {
    LuaTable eventClass = new LuaTable();
    Builtin.add(eventClass, "new", ContextTable::newEvent);
    event.rawset("Event", eventClass);
    Builtin.add(context, "newscope", all -> newScope());
    Builtin.add(context, "exec", this::exec);
    Builtin.add(context, "signal", this::signal);
    Builtin.add(context, "register_connections", this::register);
  }

  void addTo(LuaTable haka) {
    haka.rawset("context", context);
    haka.rawset("event", event);
  }

  private static Varargs newEvent(Varargs all) {
    return EventObject.ofRules(all.checkjstring(2), all.arg(3), all.arg(4));
  }

  private static LuaTable newScope() {
    LuaTable scope = new LuaTable();
    LuaTable namespaces = new LuaTable();
    scope.rawset(CONNECTIONS, new LuaTable());
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
    enter(all.arg(2));
    try {
      return all.arg(3).call();
    } finally {
      enter(outer);
    }
  }

  private void enter(LuaValue next) {
    scope = next;
    context.rawset("scope", next);
  }

  private Varargs register(Varargs all) {
    LuaValue connections = all.arg(2);
    if (connections.isnil()) {
      return LuaValue.NONE;
    }
    if (scope.isnil()) {
      throw Raised.at("scope required to register dynamic event connections");
    }
    LuaTable registered = scope.get(CONNECTIONS).checktable();
    registered.rawset(registered.rawlen() + 1, connections);
    return LuaValue.NONE;
  }

  /** Signals to the listeners of the event, then to the connections of the current scope. */
  private Varargs signal(Varargs all) {
    if (!(all.arg(3) instanceof EventObject signalled)) {
      throw Raised.at("event expected");
    }
    signalled.signalLogged(LuaValue.varargsOf(all.arg(2), all.subargs(4)), log);
    if (scope.istable() && scope.get(CONNECTIONS) instanceof LuaTable registered) {
      for (int i = 1; i <= registered.rawlen(); i++) {
        LuaValue connections = registered.rawget(i);
        connections.get(SIGNAL).invoke(LuaValue.varargsOf(connections, all.subargs(2)));
      }
    }
    return LuaValue.TRUE;
  }
}
