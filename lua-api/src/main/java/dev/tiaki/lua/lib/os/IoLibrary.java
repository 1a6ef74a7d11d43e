package dev.tiaki.lua.lib.os;

import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Arguments;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.text.ByteText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The io library. Bytes pass unchanged in both directions. */
public final class IoLibrary {
  private final LuaTable metatable = FileMethods.metatable();
  private LuaFile input;
  private LuaFile output;

  private IoLibrary(OutputStream standardOutput, InputStream standardInput) {
    input = standard(standardInput, OutputStream.nullOutputStream());
    output = standard(InputStream.nullInputStream(), standardOutput);
  }

  private LuaFile standard(InputStream in, OutputStream out) {
    return new LuaFile(new PipeStream(in, out), metatable, true);
  }

  /** Makes the library's table around the standard streams of the state. */
  public static LuaTable create(OutputStream standardOutput, InputStream standardInput) {
    IoLibrary library = new IoLibrary(standardOutput, standardInput);
    LuaTable table = new LuaTable();
    table.rawset("stdout", library.output);
    table.rawset("stdin", library.input);
    table.rawset("stderr", library.standard(InputStream.nullInputStream(), System.err));
    Builtin.add(table, "open", library::open);
    Builtin.add(table, "popen", library::popen);
    Builtin.add(table, "tmpfile", a -> library.tmpfile());
    Builtin.add(table, "lines", library::lines);
    Builtin.add(table, "read", a -> FileMethods.read(library.input, a, 1));
    Builtin.add(table, "write", a -> FileMethods.write(library.output, a, 1));
    Builtin.add(table, "flush", a -> FileMethods.flush(library.output));
    Builtin.add(table, "input", library::input);
    Builtin.add(table, "output", library::output);
    Builtin.add(table, "type", IoLibrary::type);
    Builtin.add(
        table,
        "close",
        a ->
            FileMethods.close(
                a.isnoneornil(1) ? library.output : LuaFile.check(a.arg1(), "close")));
    return table;
  }

  private Varargs open(Varargs a) {
    String name = Arguments.string(a, 1, "open").tojstring();
    String mode = ByteText.of(Arguments.stringOr(a, 2, "open", LuaValue.valueOf("r")));
    if (!mode.matches("[rwa]\\+?b?")) {
      throw Arguments.bad(2, "open", "invalid mode");
    }
    try {
      return opened(name, mode);
    } catch (IOException e) {
      return IoFailure.of(name, e);
    }
  }

  private LuaFile opened(String name, String mode) throws IOException {
    boolean readOnly = mode.startsWith("r") && !mode.contains("+");
    if (mode.startsWith("r") && !Files.exists(java.nio.file.Path.of(name))) {
      throw new java.nio.file.NoSuchFileException(name);
    }
    RandomAccessFile file = new RandomAccessFile(name, readOnly ? "r" : "rw");
    if (mode.startsWith("w")) {
      file.setLength(0);
    }
    return new LuaFile(new DiskStream(file, mode.startsWith("a")), metatable, false);
  }

  private Varargs popen(Varargs a) {
    String command = ByteText.of(Arguments.string(a, 1, "popen"));
    try {
      Process process =
          new ProcessBuilder("/bin/sh", "-c", command)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      PipeStream pipe = new PipeStream(process.getInputStream(), process.getOutputStream());
      return new LuaFile(pipe, metatable, false);
    } catch (IOException e) {
      return IoFailure.of(command, e);
    }
  }

  private Varargs tmpfile() {
    try {
      java.nio.file.Path path = Files.createTempFile("lua_", "");
      path.toFile().deleteOnExit();
      return opened(path.toString(), "w+");
    } catch (IOException e) {
      return IoFailure.of("tmpfile", e);
    }
  }

  private Varargs lines(Varargs a) {
    if (a.isnoneornil(1)) {
      return FileMethods.lines(input, LuaValue.NONE, false);
    }
    return FileMethods.lines(mustOpen(a, "r"), a.subargs(2), true);
  }

  private LuaFile mustOpen(Varargs a, String mode) {
    String name = Arguments.string(a, 1, "open").tojstring();
    try {
      return opened(name, mode);
    } catch (IOException e) {
      throw Raised.at(IoFailure.of(name, e).arg(2).tojstring());
    }
  }

  private Varargs input(Varargs a) {
    if (!a.isnoneornil(1)) {
      input = a.arg1() instanceof LuaFile file ? file : mustOpen(a, "r");
    }
    return input;
  }

  private Varargs output(Varargs a) {
    if (!a.isnoneornil(1)) {
      output = a.arg1() instanceof LuaFile file ? file : mustOpen(a, "w");
    }
    return output;
  }

  private static Varargs type(Varargs a) {
    return Arguments.any(a, 1, "type") instanceof LuaFile file
        ? LuaValue.valueOf(file.isClosed() ? "closed file" : "file")
        : LuaValue.NIL;
  }
}
