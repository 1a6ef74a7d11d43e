package dev.tiaki.lua.lib.debug;

import dev.tiaki.lua.fault.LuaFrame;
import dev.tiaki.lua.text.ByteText;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** The tables that {@code debug.getinfo} returns. */
final class FrameInfo {
  private FrameInfo() {}

  static LuaTable of(LuaFrame frame) {
    LuaTable info = new LuaTable();
    boolean library = frame.isLibrary();
    info.rawset("short_src", ByteText.bytesOf(frame.source()));
    info.rawset("source", ByteText.bytesOf((library ? "=" : "@") + frame.source()));
    info.rawset("currentline", LuaValue.valueOf(frame.line()));
    info.rawset("linedefined", LuaValue.valueOf(-1));
    info.rawset("lastlinedefined", LuaValue.valueOf(-1));
    info.rawset("what", LuaValue.valueOf(library ? "C" : what(frame)));
    String name = frame.name();
    boolean named = name != null && !"main".equals(what(frame));
    info.rawset("namewhat", LuaValue.valueOf(named ? "global" : ""));
    if (named && name != null) {
      info.rawset("name", LuaValue.valueOf(name));
    }
    info.rawset("nups", LuaValue.valueOf(0));
    return info;
  }

  private static String what(LuaFrame frame) {
    return "main chunk".equals(frame.name()) ? "main" : "Lua";
  }

  /** A function that is not running: only where it comes from is known. */
  static LuaTable ofFunction(LuaValue function) {
    boolean library = function.getClass().getName().startsWith("dev.tiaki.");
    LuaTable info = of(new LuaFrame(library ? "[C]" : "?", -1, null));
    info.rawset("func", function);
    return info;
  }
}
