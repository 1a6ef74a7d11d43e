package dev.tiaki.lua.lib.os;

import dev.tiaki.lua.lib.Arguments;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.text.ByteText;
import java.io.IOException;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The methods of files. */
final class FileMethods {
  /** An operation on a file that may fail. */
  @FunctionalInterface
  interface Operation {
    Varargs run() throws IOException;
  }

  private FileMethods() {}

  /** Makes the metatable that all files of a state share. */
  static LuaTable metatable() {
    LuaTable methods = new LuaTable();
    Builtin.add(methods, "read", a -> read(file(a, "read"), a, 2));
    Builtin.add(methods, "write", a -> write(file(a, "write"), a, 2));
    Builtin.add(methods, "lines", a -> lines(file(a, "lines"), a.subargs(2), false));
    Builtin.add(methods, "flush", a -> flush(file(a, "flush")));
    Builtin.add(methods, "seek", FileMethods::seek);
    Builtin.add(methods, "setvbuf", a -> LuaValue.TRUE);
    Builtin.add(methods, "close", a -> close(file(a, "close")));
    LuaTable metatable = new LuaTable();
    metatable.rawset("__index", methods);
    metatable.rawset("__name", LuaValue.valueOf("FILE*"));
    return metatable;
  }

  private static LuaFile file(Varargs a, String function) {
    return LuaFile.check(a.arg1(), function);
  }

  static Varargs guarded(Operation operation) {
    try {
      return operation.run();
    } catch (IOException e) {
      return IoFailure.of("file", e);
    }
  }

  static Varargs read(LuaFile file, Varargs a, int first) {
    ByteStream stream = file.stream();
    return guarded(() -> FileReader.read(stream, a, first));
  }

  static Varargs write(LuaFile file, Varargs a, int first) {
    ByteStream stream = file.stream();
    return guarded(() -> {
      for (int i = first; i <= a.narg(); i++) {
        LuaString text = Arguments.string(a, i, "write");
        stream.write(text.m_bytes, text.m_offset, text.m_length);
      }
      return file;
    });
  }

  /** Returns an iterator; with {@code closing} it closes the file at its end. */
  static Varargs lines(LuaFile file, Varargs formats, boolean closing) {
    return Builtin.of(
        "lines",
        ignored -> {
          Varargs line = read(file, formats, 1);
          if (closing && line.arg1().isnil()) {
            close(file);
          }
          return line;
        });
  }

  static Varargs flush(LuaFile file) {
    ByteStream stream = file.stream();
    return guarded(() -> {
      stream.flush();
      return file;
    });
  }

  private static Varargs seek(Varargs a) {
    ByteStream stream = file(a, "seek").stream();
    String whence = ByteText.of(Arguments.stringOr(a, 2, "seek", LuaValue.valueOf("cur")));
    long offset = Arguments.integerOr(a, 3, "seek", 0);
    return guarded(() -> Arguments.valueOf((double) stream.seek(whence, offset)));
  }

  static Varargs close(LuaFile file) {
    ByteStream stream = file.stream();
    if (file.isStandard()) {
      return flush(file);
    }
    file.forget();
    return guarded(() -> {
      stream.close();
      return LuaValue.TRUE;
    });
  }
}
