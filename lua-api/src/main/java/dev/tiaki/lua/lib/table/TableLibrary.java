package dev.tiaki.lua.lib.table;

import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Arguments;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.lib.string.BoundedBytes;
import dev.tiaki.lua.state.LuaState;
import dev.tiaki.lua.text.NumberText;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The table library, 5.1's {@code getn}, {@code maxn} and {@code foreach} included. */
public final class TableLibrary {
  private final LuaState state;

  private TableLibrary(LuaState state) {
    this.state = state;
  }

  /** Makes the library's table; {@code unpack} is the global function. */
  public static LuaTable create(LuaState state, LuaValue unpack) {
    TableLibrary library = new TableLibrary(state);
    LuaTable table = new LuaTable();
    table.rawset("unpack", unpack);
    Builtin.add(table, "pack", TableLibrary::pack);
    Builtin.add(table, "insert", TableLibrary::insert);
    Builtin.add(table, "remove", TableLibrary::remove);
    Builtin.add(table, "concat", library::concat);
    Builtin.add(table, "sort", library::sort);
    Builtin.add(table, "getn", a -> LuaInteger.valueOf(Arguments.table(a, 1, "getn").rawlen()));
    Builtin.add(table, "maxn", TableLibrary::maxn);
    Builtin.add(table, "foreach", TableLibrary::foreach);
    Builtin.add(table, "foreachi", TableLibrary::foreachi);
    return table;
  }

  private static Varargs pack(Varargs a) {
    LuaTable table = new LuaTable(a.narg(), 1);
    for (int i = 1; i <= a.narg(); i++) {
      table.rawset(i, a.arg(i));
    }
    table.rawset("n", LuaInteger.valueOf(a.narg()));
    return table;
  }

  private static Varargs insert(Varargs a) {
    LuaTable table = Arguments.table(a, 1, "insert");
    int size = table.rawlen() + 1;
    switch (a.narg()) {
      case 2 -> table.rawset(size, a.arg(2));
      case 3 -> {
        long position = Arguments.integer(a, 2, "insert");
        if (position < 1 || position > size) {
          throw Arguments.bad(2, "insert", "position out of bounds");
        }
        for (int i = size; i > position; i--) {
          table.rawset(i, table.rawget(i - 1));
        }
        table.rawset((int) position, a.arg(3));
      }
      default -> throw Raised.at("wrong number of arguments to 'insert'");
    }
    return LuaValue.NONE;
  }

  private static Varargs remove(Varargs a) {
    LuaTable table = Arguments.table(a, 1, "remove");
    int size = table.rawlen();
    long position = Arguments.integerOr(a, 2, "remove", size);
    if (position < 1 || position > size) {
      return size == 0 && a.isnoneornil(2) ? LuaValue.NIL : LuaValue.NONE;
    }
    LuaValue removed = table.rawget((int) position);
    for (int i = (int) position; i < size; i++) {
      table.rawset(i, table.rawget(i + 1));
    }
    table.rawset(size, LuaValue.NIL);
    return removed;
  }

  private Varargs concat(Varargs a) {
    LuaTable table = Arguments.table(a, 1, "concat");
    LuaString separator = Arguments.stringOr(a, 2, "concat", LuaValue.EMPTYSTRING);
    long first = Arguments.integerOr(a, 3, "concat", 1);
    long last = a.isnoneornil(4) ? table.rawlen() : Arguments.integer(a, 4, "concat");
    BoundedBytes out = new BoundedBytes(state.budget(), 64);
    for (long i = first; i <= last; i++) {
      state.budget().work(1);
      LuaValue value = table.rawget((int) i);
      if (!(value instanceof LuaString) && !(value instanceof LuaNumber)) {
        throw Raised.at(
            "invalid value (%s) at index %d in table for 'concat'".formatted(value.typename(), i));
      }
      out.append(NumberText.stringOf(value));
      if (i < last) {
        out.append(separator);
      }
    }
    return out.toLuaString();
  }

  private Varargs sort(Varargs a) {
    LuaTable table = Arguments.table(a, 1, "sort");
    LuaValue comparator = a.isnoneornil(2) ? LuaValue.NIL : Arguments.function(a, 2, "sort");
    TolerantSort.sort(table, comparator, state.budget());
    return LuaValue.NONE;
  }

  private static Varargs maxn(Varargs a) {
    LuaTable table = Arguments.table(a, 1, "maxn");
    double most = 0;
    for (Varargs n = table.next(LuaValue.NIL); !n.arg1().isnil(); n = table.next(n.arg1())) {
      most = n.arg1() instanceof LuaNumber key ? Math.max(most, key.todouble()) : most;
    }
    return Arguments.valueOf(most);
  }

  private static Varargs foreach(Varargs a) {
    LuaTable table = Arguments.table(a, 1, "foreach");
    LuaValue function = Arguments.function(a, 2, "foreach");
    for (Varargs n = table.next(LuaValue.NIL); !n.arg1().isnil(); n = table.next(n.arg1())) {
      LuaValue result = function.call(n.arg1(), n.arg(2));
      if (!result.isnil()) {
        return result;
      }
    }
    return LuaValue.NONE;
  }

  private static Varargs foreachi(Varargs a) {
    LuaTable table = Arguments.table(a, 1, "foreachi");
    LuaValue function = Arguments.function(a, 2, "foreachi");
    for (int i = 1; i <= table.rawlen(); i++) {
      LuaValue result = function.call(LuaInteger.valueOf(i), table.rawget(i));
      if (!result.isnil()) {
        return result;
      }
    }
    return LuaValue.NONE;
  }
}
