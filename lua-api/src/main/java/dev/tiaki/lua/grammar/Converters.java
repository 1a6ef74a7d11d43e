package dev.tiaki.lua.grammar;

import dev.tiaki.lua.binding.SubValue;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Arguments;
import dev.tiaki.lua.lib.Builtin;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The converters that are there: tables with {@code get} and {@code set}. */
final class Converters {
  private Converters() {}

  /** Makes the table of them; some use functions of the standard library. */
  static LuaTable table(LuaTable globals) {
    LuaTable table = new LuaTable();
    Builtin.add(table, "mult", all -> multiple(all.checkdouble(1)));
    table.rawset(
        "bool",
        converter(
            all -> LuaValue.valueOf(all.arg1().todouble() != 0),
            all -> LuaValue.valueOf(all.arg1().toboolean() ? 1 : 0)));
    table.rawset("string", converter(Converters::text, all -> all.arg1()));
    LuaValue toNumber = globals.get("tonumber");
    LuaValue format = globals.get("string").get("format");
    Builtin.add(table, "tonumber", all -> number(toNumber, format, all.arg1(), all.arg(2)));
    return table;
  }

  private static LuaTable converter(Builtin.Body get, Builtin.Body set) {
    LuaTable converter = new LuaTable();
    Builtin.add(converter, "get", get);
    Builtin.add(converter, "set", set);
    return converter;
  }

  private static Varargs text(Varargs all) {
    return all.arg1() instanceof SubValue sub
        ? LuaString.valueUsing(sub.sub().toByteArray())
        : all.arg1();
  }

  private static LuaTable multiple(double factor) {
    return converter(
        all -> Arguments.valueOf(all.checkdouble(1) * factor),
        all -> {
          double value = all.checkdouble(1);
          if (value % factor != 0) {
            throw Raised.at(
                "invalid value, it must be a multiple of " + Arguments.valueOf(factor).tojstring());
          }
          return Arguments.valueOf(value / factor);
        });
  }

  private static LuaTable number(
      LuaValue toNumber, LuaValue format, LuaValue template, LuaValue base) {
    return converter(
        all -> base.isnil() ? toNumber.call(all.arg1()) : toNumber.call(all.arg1(), base),
        all -> format.call(template, all.arg1()));
  }
}
