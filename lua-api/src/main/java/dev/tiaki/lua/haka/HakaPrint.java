package dev.tiaki.lua.haka;

import dev.tiaki.lua.lib.Builtin;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code print} as Haka has it: each text ends at its first zero byte, as C's texts do. */
final class HakaPrint {
  private HakaPrint() {}

  static void replaceIn(LuaTable globals) {
    LuaValue print = globals.get("print");
    LuaValue tostring = globals.get("tostring");
    globals.rawset("print", Builtin.of("print", all -> print.invoke(cut(all, tostring))));
  }

  private static Varargs cut(Varargs all, LuaValue tostring) {
    LuaValue[] texts = new LuaValue[all.narg()];
    for (int i = 0; i < texts.length; i++) {
      LuaString text = tostring.call(all.arg(i + 1)).checkstring();
      int zero = text.indexOf((byte) 0, 0);
      texts[i] = zero < 0 ? text : text.substring(0, zero);
    }
    return LuaValue.varargsOf(texts);
  }
}
