package dev.tiaki.lua.haka;

import dev.tiaki.engine.worker.WorkerContext;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.runtime.LuaRuntime;
import dev.tiaki.lua.shared.Commons;
import dev.tiaki.lua.shared.SharedDictionary;
import dev.tiaki.lua.shared.SharedLimits;
import dev.tiaki.lua.text.ByteText;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The global {@code tiaki}: what Haka has not, apart from Haka's names. */
final class TiakiTable {
  private final WorkerContext context;
  private final Commons commons;
  private final RuleTimers timers;

  TiakiTable(LuaRuntime runtime, WorkerContext context, Commons commons) {
    this.context = context;
    this.commons = commons;
    timers = new RuleTimers(runtime, context);
  }

  void addTo(LuaRuntime runtime) {
    LuaTable tiaki = new LuaTable();
    Builtin.add(tiaki, "timer", timers::start);
    Builtin.add(tiaki, "shared", this::shared);
    runtime.globals().rawset("tiaki", tiaki);
    runtime.loaded().rawset("tiaki", tiaki);
  }

  /** {@code tiaki.shared(name [, { entries = n, bytes = n }])}. */
  private Varargs shared(Varargs all) {
    String name = ByteText.of(all.checkstring(1));
    LuaTable options = all.opttable(2, new LuaTable());
    SharedDictionary dictionary =
        commons.dictionary(
            name,
            new SharedLimits(
                (int) bound(options, "entries", SharedLimits.DEFAULTS.entries()),
                bound(options, "bytes", SharedLimits.DEFAULTS.bytes())));
    if (dictionary == null) {
      throw Raised.plain("too many shared dictionaries");
    }
    return SharedObject.of(dictionary, context.time());
  }

  /** Rules cannot ask for more than the default. */
  private static long bound(LuaTable options, String key, long most) {
    LuaValue wanted = options.get(key);
    if (wanted.isnil()) {
      return most;
    }
    double number = wanted.checkdouble();
    if (!(number >= 1 && number <= most)) {
      throw Raised.plain("'" + key + "' should be a number from 1 to " + most);
    }
    return (long) number;
  }

  /** Stops everything that would still call the state. */
  void close() {
    timers.close();
  }
}
