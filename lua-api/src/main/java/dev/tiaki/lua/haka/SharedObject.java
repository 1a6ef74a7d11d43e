package dev.tiaki.lua.haka;

import dev.tiaki.engine.time.NetworkTime;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.shared.SharedDictionary;
import dev.tiaki.lua.shared.SharedValue;
import dev.tiaki.lua.text.ByteText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A shared dictionary as rules have it; values are copied in and out. */
final class SharedObject {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Long enough for anything; nanoseconds of a longer life would not fit a long. */
  private static final double MOST_SECONDS = 1e9;

  private final SharedDictionary dictionary;
  private final NetworkTime time;

  private SharedObject(SharedDictionary dictionary, NetworkTime time) {
    this.dictionary = dictionary;
    this.time = time;
  }

  static LuaTable of(SharedDictionary dictionary, NetworkTime time) {
    SharedObject self = new SharedObject(dictionary, time);
    LuaTable object = new LuaTable();
    Builtin.add(object, "get", self::get);
    Builtin.add(object, "set", self::set);
    Builtin.add(object, "add", self::add);
    Builtin.add(object, "incr", self::increment);
    Builtin.add(
        object, "delete", all -> LuaValue.valueOf(dictionary.delete(key(all.arg(2)), self.now())));
    Builtin.add(object, "keys", all -> keys(dictionary.keys(self.now())));
    Builtin.add(object, "count", all -> LuaValue.valueOf(dictionary.keys(self.now()).size()));
    Builtin.add(object, "evicted", all -> LuaValue.valueOf((double) dictionary.evicted()));
    Builtin.add(
        object,
        "clear",
        all -> {
          dictionary.clear();
          return LuaValue.NONE;
        });
    return object;
  }

  private long now() {
    return time.nanos();
  }

  private Varargs get(Varargs all) {
    SharedValue value = dictionary.get(key(all.arg(2)), now());
    return value == null ? LuaValue.NIL : toLua(value);
  }

  /** {@code d:set(key, value [, seconds])}; nil deletes. */
  private Varargs set(Varargs all) {
    Object key = key(all.arg(2));
    if (all.arg(3).isnil()) {
      dictionary.delete(key, now());
    } else if (!dictionary.set(key, fromLua(all.arg(3), true), now(), life(all.arg(4)))) {
      throw tooLarge();
    }
    return LuaValue.NONE;
  }

  private Varargs add(Varargs all) {
    Object key = key(all.arg(2));
    SharedValue value = fromLua(all.arg(3), true);
    return LuaValue.valueOf(dictionary.add(key, value, now(), life(all.arg(4))));
  }

  /** {@code d:incr(key [, by [, seconds]])}. */
  private Varargs increment(Varargs all) {
    Object key = key(all.arg(2));
    double by = all.arg(3).isnil() ? 1 : all.checkdouble(3);
    Double sum = dictionary.increment(key, by, now(), life(all.arg(4)));
    if (sum == null) {
      throw Raised.plain("the value of '" + all.arg(2).tojstring() + "' is not a number");
    }
    return LuaValue.valueOf(sum);
  }

  private static LuaTable keys(List<Object> keys) {
    LuaTable list = new LuaTable();
    for (int i = 0; i < keys.size(); i++) {
      list.rawset(i + 1, keyToLua(keys.get(i)));
    }
    return list;
  }

  private static long life(LuaValue seconds) {
    if (seconds.isnil()) {
      return 0;
    }
    double number = seconds.checkdouble();
    if (!(number > 0 && number <= MOST_SECONDS)) {
      throw Raised.plain("invalid number of seconds: " + seconds.tojstring());
    }
    return Math.max(1, (long) (number * NANOS_PER_SECOND));
  }

  private static Raised tooLarge() {
    return Raised.plain("value too large for a shared dictionary");
  }

  private static Object key(LuaValue key) {
    return switch (key) {
      case LuaString text -> ByteText.of(text);
      case LuaNumber number -> number.todouble();
      default -> throw Raised.plain("a shared key is a string or a number, not " + key.typename());
    };
  }

  private static LuaValue keyToLua(Object key) {
    return key instanceof String text
        ? ByteText.bytesOf(text)
        : LuaValue.valueOf((double) (Double) key);
  }

  private static SharedValue fromLua(LuaValue value, boolean tables) {
    return switch (value) {
      case LuaString text -> new SharedValue.Text(ByteText.of(text));
      case LuaNumber number -> new SharedValue.Numeric(number.todouble());
      case LuaTable table when tables -> flat(table);
      default -> {
        if (value.isboolean()) {
          yield new SharedValue.Flag(value.toboolean());
        }
        throw Raised.plain(
            "a shared value is a boolean, a number, a string or a flat table, not "
                + (value.istable() ? "a table in a table" : value.typename()));
      }
    };
  }

  private static SharedValue flat(LuaTable table) {
    if (table.getClass() != LuaTable.class) {
      throw Raised.plain("an object of the engine cannot be shared");
    }
    Map<Object, SharedValue> entries = new HashMap<>();
    Varargs entry = table.next(LuaValue.NIL);
    while (!entry.arg1().isnil()) {
      entries.put(key(entry.arg1()), fromLua(entry.arg(2), false));
      entry = table.next(entry.arg1());
    }
    return new SharedValue.Flat(entries);
  }

  private static LuaValue toLua(@Nullable SharedValue value) {
    return switch (value) {
      case null -> LuaValue.NIL;
      case SharedValue.Flag flag -> LuaValue.valueOf(flag.value());
      case SharedValue.Numeric number -> LuaValue.valueOf(number.value());
      case SharedValue.Text text -> ByteText.bytesOf(text.value());
      case SharedValue.Flat flat -> {
        LuaTable table = new LuaTable();
        flat.entries().forEach((key, part) -> table.rawset(keyToLua(key), toLua(part)));
        yield table;
      }
    };
  }
}
