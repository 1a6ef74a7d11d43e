package dev.tiaki.lua.binding;

import dev.tiaki.lua.coroutine.Coroutine;
import dev.tiaki.lua.coroutine.CoroutineStatus;
import dev.tiaki.lua.fault.Faults;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The coroutines that read one stream, each under an id. A coroutine starts at the first data that
 * it is given; an error in one is raised in whoever gave it data, and again at every later piece.
 */
final class Comanager extends LuaTable {
  private final Bindings bindings;
  private final List<Reader> readers = new ArrayList<>();
  private @Nullable LuaValue failure;

  Comanager(Bindings bindings) {
    this.bindings = bindings;
    setmetatable(bindings.comanagers);
  }

  private record Reader(LuaValue id, Coroutine coroutine) {}

  /** Makes the class table: {@code new} and, as the index of its objects, the methods. */
  static LuaTable classTable(Bindings bindings) {
    LuaTable methods = new LuaTable();
    Builtin.add(methods, "start", Comanager::start);
    Builtin.add(methods, "has", all -> valueOf(self(all, "has").find(all.arg(2)) != null));
    Builtin.add(methods, "process", Comanager::process);
    Builtin.add(methods, "process_all", Comanager::processAll);
    Builtin.add(methods, "hash", Comanager::hash);
    Builtin.add(methods, "new", all -> new Comanager(bindings));
    methods.rawset("__index", methods);
    return methods;
  }

  private static Comanager self(Varargs all, String function) {
    return Arg.of(all, 1, Comanager.class, "vbuffer_stream_comanager", function);
  }

  private @Nullable Reader find(LuaValue id) {
    for (Reader reader : readers) {
      if (reader.id.raweq(id)) {
        return reader;
      }
    }
    return null;
  }

  private static Varargs start(Varargs all) {
    Comanager self = self(all, "start");
    LuaFunction function = all.checkfunction(3);
    Builtin body =
        Builtin.of(
            "reader",
            given -> {
              IteratorValue first =
                  Arg.of(given, 1, IteratorValue.class, "vbuffer_iterator", "process");
              return function.call(self.bindings.blockingIterator(first.iterator()));
            });
    Reader old = self.find(all.arg(2));
    if (old != null) {
      self.readers.remove(old);
    }
    self.readers.add(new Reader(all.arg(2), self.bindings.runtime().newCoroutine(body)));
    return NONE;
  }

  private static Varargs process(Varargs all) {
    Comanager self = self(all, "process");
    Reader reader = self.find(all.arg(2));
    if (reader == null) {
      throw Raised.at("assertion failed!");
    }
    self.resume(reader, all.arg(3));
    return NONE;
  }

  private static Varargs processAll(Varargs all) {
    Comanager self = self(all, "process_all");
    for (int i = 0; i < self.readers.size(); i++) {
      self.resume(self.readers.get(i), all.arg(2));
    }
    return NONE;
  }

  private void resume(Reader reader, LuaValue iterator) {
    raiseFailure();
    if (reader.coroutine.status() != CoroutineStatus.SUSPENDED) {
      return;
    }
    try {
      reader.coroutine.resume(iterator);
    } catch (RuntimeException thrown) {
      LuaValue value = Faults.caught(thrown);
      failure = value.isnil() ? null : value;
      raiseFailure();
    }
  }

  private void raiseFailure() {
    LuaValue known = failure;
    if (known != null) {
      throw new Raised(known, 0);
    }
  }

  private static Varargs hash(Varargs all) {
    int function = System.identityHashCode(all.arg1());
    return valueOf((double) ((long) function << 20 ^ System.identityHashCode(all.arg(2))));
  }
}
