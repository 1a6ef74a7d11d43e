package dev.tiaki.lua.lib.base;

import dev.tiaki.lua.fault.Raised;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/** {@code print(...)}: values joined by one space, one line, bytes as they are. */
final class PrintFunction extends VarArgFunction {
  private final OutputStream output;

  PrintFunction(OutputStream output) {
    this.output = output;
  }

  @Override
  public Varargs invoke(Varargs a) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int i = 1; i <= a.narg(); i++) {
      if (i > 1) {
        line.write(' ');
      }
      LuaString text = ToText.stringOf(a.arg(i));
      line.write(text.m_bytes, text.m_offset, text.m_length);
    }
    line.write('\n');
    try {
      line.writeTo(output);
      output.flush();
    } catch (IOException e) {
      throw Raised.at("print: " + e.getMessage());
    }
    return NONE;
  }
}
