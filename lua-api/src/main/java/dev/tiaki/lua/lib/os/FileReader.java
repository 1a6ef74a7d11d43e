package dev.tiaki.lua.lib.os;

import dev.tiaki.lua.lib.Arguments;
import dev.tiaki.lua.lib.NumberParser;
import dev.tiaki.lua.text.ByteText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The formats of {@code file:read}: {@code *l}, {@code *L}, {@code *a}, {@code *n}, a count. */
final class FileReader {
  private FileReader() {}

  /** Reads by the formats from argument {@code first} on; a line when there is none. */
  static Varargs read(ByteStream stream, Varargs a, int first) throws IOException {
    if (a.narg() < first) {
      return line(stream, false);
    }
    LuaValue[] results = new LuaValue[a.narg() - first + 1];
    for (int i = 0; i < results.length; i++) {
      results[i] = one(stream, a, first + i);
      if (results[i].isnil()) {
        return LuaValue.varargsOf(java.util.Arrays.copyOf(results, i + 1));
      }
    }
    return LuaValue.varargsOf(results);
  }

  private static LuaValue one(ByteStream stream, Varargs a, int index) throws IOException {
    if (a.arg(index) instanceof LuaNumber count) {
      return bytes(stream, count.toint());
    }
    String format = ByteText.of(Arguments.string(a, index, "read")).replace("*", "");
    return switch (format.isEmpty() ? ' ' : format.charAt(0)) {
      case 'l' -> line(stream, false);
      case 'L' -> line(stream, true);
      case 'a' -> all(stream);
      case 'n' -> number(stream);
      default -> throw Arguments.bad(index, "read", "invalid format");
    };
  }

  static LuaValue line(ByteStream stream, boolean keepNewline) throws IOException {
    int b = stream.read();
    if (b < 0) {
      return LuaValue.NIL;
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (; b >= 0 && b != '\n'; b = stream.read()) {
      line.write(b);
    }
    if (b == '\n' && keepNewline) {
      line.write(b);
    }
    return LuaString.valueOf(line.toByteArray());
  }

  private static LuaValue all(ByteStream stream) throws IOException {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    for (int b = stream.read(); b >= 0; b = stream.read()) {
      rest.write(b);
    }
    return LuaString.valueOf(rest.toByteArray());
  }

  private static LuaValue bytes(ByteStream stream, int count) throws IOException {
    int b = stream.read();
    if (count <= 0) {
      stream.unread(b);
      return b < 0 ? LuaValue.NIL : LuaValue.EMPTYSTRING;
    }
    if (b < 0) {
      return LuaValue.NIL;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(b);
    while (out.size() < count && (b = stream.read()) >= 0) {
      out.write(b);
    }
    return LuaString.valueOf(out.toByteArray());
  }

  private static LuaValue number(ByteStream stream) throws IOException {
    int b = stream.read();
    while (b >= 0 && b <= ' ') {
      b = stream.read();
    }
    StringBuilder text = new StringBuilder();
    while (b >= 0 && "+-.0123456789abcdefABCDEFxXpP".indexOf(b) >= 0) {
      text.append((char) b);
      b = stream.read();
    }
    stream.unread(b);
    return NumberParser.parse(LuaString.valueOf(text.toString()));
  }
}
