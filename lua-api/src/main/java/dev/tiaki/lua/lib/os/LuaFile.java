package dev.tiaki.lua.lib.os;

import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.text.NumberText;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;

/** An open or closed file as Lua code holds it. */
final class LuaFile extends LuaUserdata {
  private @Nullable ByteStream stream;
  private final boolean standard;

  LuaFile(ByteStream stream, LuaTable metatable, boolean standard) {
    super(stream, metatable);
    this.stream = stream;
    this.standard = standard;
  }

  /** Returns the stream; an error when the file is closed. */
  ByteStream stream() {
    ByteStream open = stream;
    if (open == null) {
      throw Raised.at("attempt to use a closed file");
    }
    return open;
  }

  boolean isClosed() {
    return stream == null;
  }

  boolean isStandard() {
    return standard;
  }

  void forget() {
    stream = null;
  }

  static LuaFile check(LuaValue value, String function) {
    if (value instanceof LuaFile file) {
      return file;
    }
    throw dev.tiaki.lua.lib.Arguments.bad(1, function, "FILE* expected, got " + value.typename());
  }

  @Override
  public String tojstring() {
    return isClosed()
        ? "file (closed)"
        : NumberText.identity("file", this).replace(": ", " (") + ")";
  }
}
