package dev.tiaki.lua.lib.base;

import dev.tiaki.lua.lib.Arguments;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.lib.NumberParser;
import dev.tiaki.lua.state.LuaState;
import java.io.OutputStream;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Installs the global functions that need no files. */
public final class BaseLibrary {
  private BaseLibrary() {}

  /** Puts the functions into the state's globals; {@code print} writes to {@code output}. */
  public static void install(LuaState state, OutputStream output) {
    Globals globals = state.globals();
    globals.rawset("_G", globals);
    globals.rawset("_VERSION", LuaValue.valueOf("Lua 5.1"));
    globals.rawset("type", new TypeFunction());
    globals.rawset("next", new NextFunction());
    globals.rawset("ipairs", new IpairsFunction());
    globals.rawset("pairs", new PairsFunction(globals.rawget("next")));
    globals.rawset("pcall", new PcallFunction(state));
    globals.rawset("xpcall", new XpcallFunction(state));
    globals.rawset("error", new ErrorFunction());
    globals.rawset("print", new PrintFunction(output));
    globals.rawset("unpack", new UnpackFunction());
    Builtin.add(globals, "tostring", a -> ToText.of(Arguments.any(a, 1, "tostring")));
    Builtin.add(globals, "tonumber", BaseLibrary::tonumber);
    Builtin.add(globals, "assert", BaseLibrary::asserted);
    Builtin.add(globals, "select", BaseLibrary::select);
    Builtin.add(globals, "collectgarbage", BaseLibrary::collectgarbage);
    Builtin.add(globals, "getmetatable", a -> Metatables.get(state, a));
    Builtin.add(globals, "setmetatable", Metatables::set);
    RawFunctions.install(globals);
    Environments.install(globals);
  }

  private static Varargs tonumber(Varargs a) {
    if (a.isnoneornil(2)) {
      LuaValue value = Arguments.any(a, 1, "tonumber");
      return value instanceof LuaString text
          ? NumberParser.parse(text)
          : value.isnumber() ? value : LuaValue.NIL;
    }
    long base = Arguments.integer(a, 2, "tonumber");
    if (base < 2 || base > 36) {
      throw Arguments.bad(2, "tonumber", "base out of range");
    }
    return NumberParser.parse(Arguments.string(a, 1, "tonumber"), (int) base);
  }

  private static Varargs asserted(Varargs a) {
    if (Arguments.any(a, 1, "assert").toboolean()) {
      return a;
    }
    LuaValue message = a.narg() < 2 ? LuaValue.valueOf("assertion failed!") : a.arg(2);
    throw ErrorFunction.raised(message, 1);
  }

  private static Varargs select(Varargs a) {
    if (a.arg1() instanceof LuaString text && text.tojstring().equals("#")) {
      return LuaInteger.valueOf(a.narg() - 1);
    }
    long n = Arguments.integer(a, 1, "select");
    int rest = a.narg() - 1;
    if (n < 0) {
      n = rest + n + 1;
    }
    if (n < 1) {
      throw Arguments.bad(1, "select", "index out of range");
    }
    return n > rest ? LuaValue.NONE : a.subargs((int) n + 1);
  }

  private static Varargs collectgarbage(Varargs a) {
    String option = a.optjstring(1, "collect");
    if (option.equals("count")) {
      Runtime vm = Runtime.getRuntime();
      return LuaValue.valueOf((vm.totalMemory() - vm.freeMemory()) / 1024.0);
    }
    // the JVM collects when it must; a rule cannot make every worker wait for it
    return LuaInteger.valueOf(0);
  }
}
