package dev.tiaki.lua.lib.string;

import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Arguments;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.state.LuaState;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The string library. Bytes, not characters; upper and lower are ASCII only, as in C's locale. */
public final class StringLibrary {
  private StringLibrary() {}

  /** Makes the library's table; what its functions build counts against the state's budget. */
  public static LuaTable create(LuaState state) {
    LuaTable table = new LuaTable();
    table.rawset("byte", new ByteFunction());
    table.rawset("sub", new SubFunction());
    table.rawset("find", new FindFunction(state.budget(), true));
    table.rawset("match", new FindFunction(state.budget(), false));
    table.rawset("gsub", new GsubFunction(state.budget()));
    Builtin.add(table, "gmatch", a -> GmatchIterator.over(state.budget(), a));
    Builtin.add(table, "format", new Formatter(state.budget())::format);
    Builtin.add(table, "rep", new RepFunction(state.budget())::rep);
    Builtin.add(table, "len", a -> LuaInteger.valueOf(Arguments.string(a, 1, "len").m_length));
    Builtin.add(table, "char", StringLibrary::fromBytes);
    Builtin.add(table, "upper", a -> shifted(a, "upper", 'a', 'z', 'A' - 'a'));
    Builtin.add(table, "lower", a -> shifted(a, "lower", 'A', 'Z', 'a' - 'A'));
    Builtin.add(table, "reverse", StringLibrary::reverse);
    Builtin.add(
        table,
        "dump",
        a -> {
          throw Raised.at("unable to dump given function");
        });
    return table;
  }

  private static Varargs fromBytes(Varargs a) {
    byte[] bytes = new byte[a.narg()];
    for (int i = 0; i < bytes.length; i++) {
      long value = Arguments.integer(a, i + 1, "char");
      if (value < 0 || value > 255) {
        throw Arguments.bad(i + 1, "char", "invalid value");
      }
      bytes[i] = (byte) value;
    }
    return LuaString.valueOf(bytes);
  }

  private static LuaValue shifted(Varargs a, String name, int first, int last, int distance) {
    LuaString text = Arguments.string(a, 1, name);
    byte[] bytes = new byte[text.m_length];
    for (int i = 0; i < bytes.length; i++) {
      byte b = text.m_bytes[text.m_offset + i];
      bytes[i] = (byte) (b >= first && b <= last ? b + distance : b);
    }
    return LuaString.valueOf(bytes);
  }

  private static LuaValue reverse(Varargs a) {
    LuaString text = Arguments.string(a, 1, "reverse");
    byte[] bytes = new byte[text.m_length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = text.m_bytes[text.m_offset + bytes.length - 1 - i];
    }
    return LuaString.valueOf(bytes);
  }
}
