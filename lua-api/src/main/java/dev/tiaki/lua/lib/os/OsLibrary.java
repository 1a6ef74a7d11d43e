package dev.tiaki.lua.lib.os;

import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Arguments;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.text.ByteText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The os library. */
public final class OsLibrary {
  private OsLibrary() {}

  /** Makes the library's table. */
  public static LuaTable create() {
    LuaTable table = new LuaTable();
    Builtin.add(table, "getenv", OsLibrary::getenv);
    Builtin.add(table, "time", DateFunctions::time);
    Builtin.add(table, "date", DateFunctions::date);
    Builtin.add(
        table,
        "difftime",
        a ->
            Arguments.valueOf(
                Arguments.number(a, 1, "difftime")
                    - (a.isnoneornil(2) ? 0 : Arguments.number(a, 2, "difftime"))));
    long start = System.nanoTime();
    Builtin.add(table, "clock", a -> LuaValue.valueOf((System.nanoTime() - start) / 1e9));
    Builtin.add(table, "remove", OsLibrary::remove);
    Builtin.add(table, "rename", OsLibrary::rename);
    Builtin.add(table, "tmpname", OsLibrary::tmpname);
    Builtin.add(table, "execute", OsLibrary::execute);
    Builtin.add(
        table,
        "setlocale",
        a ->
            a.isnoneornil(1) || a.optjstring(1, "").length() < 2
                ? LuaValue.valueOf("C")
                : LuaValue.NIL);
    Builtin.add(
        table,
        "exit",
        a -> {
          throw Raised.at("os.exit() is not supported in a rule: use haka.exit()");
        });
    return table;
  }

  private static Varargs getenv(Varargs a) {
    String value = System.getenv(Arguments.string(a, 1, "getenv").tojstring());
    return value == null ? LuaValue.NIL : LuaValue.valueOf(value);
  }

  private static Varargs remove(Varargs a) {
    String file = Arguments.string(a, 1, "remove").tojstring();
    try {
      Files.delete(Path.of(file));
      return LuaValue.TRUE;
    } catch (IOException e) {
      return IoFailure.of(file, e);
    }
  }

  private static Varargs rename(Varargs a) {
    String from = Arguments.string(a, 1, "rename").tojstring();
    String to = Arguments.string(a, 2, "rename").tojstring();
    try {
      Files.move(Path.of(from), Path.of(to), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      return LuaValue.TRUE;
    } catch (IOException e) {
      return IoFailure.of(from, e);
    }
  }

  private static Varargs tmpname(Varargs a) {
    try {
      return LuaValue.valueOf(Files.createTempFile("lua_", "").toString());
    } catch (IOException e) {
      throw Raised.at("unable to generate a unique filename");
    }
  }

  private static Varargs execute(Varargs a) {
    if (a.isnoneornil(1)) {
      return LuaValue.TRUE;
    }
    String command = ByteText.of(Arguments.string(a, 1, "execute"));
    try {
      int status = new ProcessBuilder("/bin/sh", "-c", command).inheritIO().start().waitFor();
      return LuaValue.varargsOf(
          status == 0 ? LuaValue.TRUE : LuaValue.NIL,
          LuaValue.valueOf("exit"),
          LuaValue.valueOf(status));
    } catch (IOException e) {
      return IoFailure.of("/bin/sh", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Raised.at("interrupted");
    }
  }
}
