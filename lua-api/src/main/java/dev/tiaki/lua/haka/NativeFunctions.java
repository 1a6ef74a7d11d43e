package dev.tiaki.lua.haka;

import dev.tiaki.lua.binding.Bindings;
import dev.tiaki.lua.binding.NativeClass;
import dev.tiaki.lua.binding.NativeObject;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The globals about native objects: {@code swig}, {@code swig_type}, {@code topointer}. */
final class NativeFunctions {
  private final Bindings bindings;

  NativeFunctions(Bindings bindings) {
    this.bindings = bindings;
  }

  void addTo(LuaTable globals) {
    LuaTable swig = new LuaTable();
    Builtin.add(swig, "getclassmetatable", this::classMetatable);
    globals.rawset("swig", swig);
    Builtin.add(globals, "swig_type", NativeFunctions::typeOf);
    Builtin.add(globals, "swig_equals", all -> LuaValue.valueOf(all.arg1().raweq(all.arg(2))));
    Builtin.add(globals, "topointer", NativeFunctions::pointer);
  }

  private Varargs classMetatable(Varargs all) {
    String name = all.checkjstring(1);
    NativeClass known = bindings.nativeClass(name);
    if (known == null) {
      throw Raised.plain("unknown swig class '" + name + "'");
    }
    return known;
  }

  private static Varargs typeOf(Varargs all) {
    return LuaValue.valueOf(
        all.arg1() instanceof NativeObject object
            ? object.nativeClass().name()
            : all.arg1().typename());
  }

  private static Varargs pointer(Varargs all) {
    int identity =
        all.arg1() instanceof NativeObject known
            ? System.identityHashCode(known.m_instance) ^ known.nativeClass().name().hashCode()
            : System.identityHashCode(all.arg1());
    return LuaValue.valueOf(String.format("0x%08x", identity));
  }
}
