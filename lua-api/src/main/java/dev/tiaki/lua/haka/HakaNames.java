package dev.tiaki.lua.haka;

import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.Counters;
import dev.tiaki.engine.worker.WorkerContext;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Names that Haka's core leaves visible to rule files: constants, {@code hakainit}, leaks. */
final class HakaNames {
  private static final String[] LEVELS = {"LOW", "MEDIUM", "HIGH", "NUMERIC"};
  private static final String[] COMPLETIONS = {"FAILED", "SUCCESSFUL"};
  private static final String[] NODES = {"ADDRESS", "SERVICE"};

  private HakaNames() {}

  static void addTo(LuaTable globals, boolean colors) {
    constants(globals, "HAKA_ALERT_", LEVELS);
    constants(globals, "HAKA_ALERT_", COMPLETIONS);
    constants(globals, "HAKA_ALERT_NODE_", NODES);
    LuaTable init = new LuaTable();
    Builtin.add(init, "module_path", all -> globals.get("package").get("path"));
    init.rawset("module_prefix", LuaString.valueOf(""));
    init.rawset("module_suffix", LuaString.valueOf(".lua"));
    Builtin.add(init, "stdout_support_colors", all -> LuaValue.valueOf(colors));
    globals.rawset("hakainit", init);
    Builtin.add(globals, "getcomanager", HakaNames::comanager);
  }

  private static void constants(LuaTable globals, String prefix, String[] names) {
    for (int i = 0; i < names.length; i++) {
      globals.rawset(prefix + names[i], LuaValue.valueOf(i + 1));
    }
  }

  private static Varargs comanager(Varargs all) {
    LuaValue stream = all.arg1();
    if (stream.isnil()) {
      throw Raised.at("stream expected");
    }
    return stream.get("getcomanager").call(stream);
  }

  /** Returns the rows of {@code haka.console.threads}: this worker. */
  static LuaTable threads(WorkerContext context) {
    LuaTable row = new LuaTable();
    Counters counters = context.counters();
    row.rawset("id", LuaValue.valueOf(context.number()));
    row.rawset("status", LuaString.valueOf("running"));
    count(row, "recv_pkt", counters, "packets");
    count(row, "recv_bytes", counters, "bytes");
    count(row, "trans_pkt", counters, "verdicts.accepted");
    row.rawset("drop_pkt", LuaValue.valueOf((double) dropped(counters)));
    LuaTable rows = new LuaTable();
    rows.rawset(1, row);
    return rows;
  }

  private static long dropped(Counters counters) {
    return counters.all().stream()
        .filter(counter -> counter.name().startsWith("verdicts.dropped."))
        .mapToLong(Counter::value)
        .sum();
  }

  private static void count(LuaTable row, String column, Counters counters, String name) {
    row.rawset(column, LuaValue.valueOf((double) counters.value(name)));
  }
}
