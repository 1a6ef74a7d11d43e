package dev.tiaki.lua.haka;

import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.worker.WorkerContext;
import dev.tiaki.lua.binding.Bindings;
import dev.tiaki.lua.lib.Builtin;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code haka.alert}, and what makes the nodes of its sources and targets. */
final class AlertFunctions {
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final Bindings bindings;
  private final WorkerContext context;
  private final Situation situation;

  AlertFunctions(Bindings bindings, Situation situation) {
    this.bindings = bindings;
    this.context = bindings.context();
    this.situation = situation;
  }

  void addTo(LuaTable haka) {
    LuaTable alert = new LuaTable();
    Builtin.add(alert, "address", all -> node("address", all));
    Builtin.add(alert, "service", all -> node("service", all));
    LuaTable metatable = new LuaTable();
    Builtin.add(metatable, "__call", all -> post(all.arg(2)));
    alert.setmetatable(metatable);
    haka.rawset("alert", alert);
  }

  private static LuaTable node(String type, Varargs values) {
    LuaTable node = new LuaTable();
    node.rawset("type", LuaString.valueOf(type));
    node.rawset("values", LuaValue.tableOf(values, 1));
    return node;
  }

  /** Posts an alert and returns its handle. */
  LuaValue post(LuaValue fields) {
    // read once before an id is taken, so that a wrong table takes none
    Alert read = AlertFields.read(fields, 0, false, now(), situation.alertContext());
    long id = context.alertIds().next();
    context.alerts().post(withId(read, id));
    return bindings.alert(id, this::update);
  }

  private static Alert withId(Alert alert, long id) {
    return new Alert(
        id,
        alert.update(),
        alert.timeNanos(),
        alert.startTimeNanos(),
        alert.endTimeNanos(),
        alert.severity(),
        alert.confidence(),
        alert.completion(),
        alert.description(),
        alert.method(),
        alert.sources(),
        alert.targets(),
        alert.references(),
        alert.context());
  }

  private void update(long id, LuaValue fields) {
    context.alerts().post(AlertFields.read(fields, id, true, now(), situation.alertContext()));
  }

  /** A replay's alerts carry the capture's time; Haka gives them the wall clock's. */
  private long now() {
    return context.mode().hakaCompatible()
        ? System.currentTimeMillis() * NANOS_PER_MILLI
        : context.time().nanos();
  }
}
