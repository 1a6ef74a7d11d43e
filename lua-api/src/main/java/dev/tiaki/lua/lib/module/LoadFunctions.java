package dev.tiaki.lua.lib.module;

import dev.tiaki.lua.compile.ChunkLoader;
import dev.tiaki.lua.compile.SyntaxError;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Arguments;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.text.ByteText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * {@code load}, {@code loadstring}, and outside of a sandbox {@code loadfile} and {@code dofile}.
 */
public final class LoadFunctions {
  /** The first byte of precompiled chunks, which are never run. */
  private static final byte ESCAPE = 27;

  private final ChunkLoader chunks;
  private final Globals globals;

  private LoadFunctions(ChunkLoader chunks, Globals globals) {
    this.chunks = chunks;
    this.globals = globals;
  }

  /** Puts the functions into the globals. */
  public static void install(ChunkLoader chunks, Globals globals, boolean sandbox) {
    LoadFunctions functions = new LoadFunctions(chunks, globals);
    Builtin.add(globals, "load", functions::load);
    Builtin.add(globals, "loadstring", functions::loadstring);
    if (!sandbox) {
      Builtin.add(globals, "loadfile", functions::loadfile);
      Builtin.add(globals, "dofile", functions::dofile);
    }
  }

  private Varargs load(Varargs a) {
    LuaValue environment = a.narg() >= 4 ? a.arg(4) : globals;
    if (a.arg1() instanceof LuaString) {
      return loadstring(a);
    }
    byte[] source = pieces(Arguments.function(a, 1, "load"));
    String name = ByteText.of(Arguments.stringOr(a, 2, "load", LuaValue.valueOf("=(load)")));
    return compile(source, name, environment);
  }

  private Varargs loadstring(Varargs a) {
    LuaValue environment = a.narg() >= 4 ? a.arg(4) : globals;
    LuaString source = Arguments.string(a, 1, "load");
    String name = ByteText.of(Arguments.stringOr(a, 2, "load", source));
    return compile(ByteText.copyOf(source), name, environment);
  }

  private static byte[] pieces(LuaValue reader) {
    ByteArrayOutputStream source = new ByteArrayOutputStream();
    while (true) {
      LuaValue piece = reader.call();
      if (piece.isnil()) {
        return source.toByteArray();
      }
      if (!(piece instanceof LuaString text)) {
        throw Raised.at("reader function must return a string");
      }
      if (text.m_length == 0) {
        return source.toByteArray();
      }
      source.write(text.m_bytes, text.m_offset, text.m_length);
    }
  }

  private Varargs loadfile(Varargs a) {
    String file = ByteText.of(Arguments.string(a, 1, "loadfile"));
    LuaValue environment = a.narg() >= 3 ? a.arg(3) : globals;
    try {
      return compile(Files.readAllBytes(Path.of(file)), "@" + file, environment);
    } catch (IOException e) {
      return LuaValue.varargsOf(LuaValue.NIL, ByteText.bytesOf("cannot open " + file));
    }
  }

  private Varargs dofile(Varargs a) {
    Varargs loaded = loadfile(a);
    if (loaded.arg1().isnil()) {
      throw new Raised(loaded.arg(2), 0);
    }
    return loaded.arg1().invoke();
  }

  private Varargs compile(byte[] source, String name, LuaValue environment) {
    if (source.length > 0 && source[0] == ESCAPE) {
      return LuaValue.varargsOf(
          LuaValue.NIL, LuaValue.valueOf("attempt to load a precompiled chunk"));
    }
    try {
      return chunks.load(source, name, environment);
    } catch (SyntaxError e) {
      return LuaValue.varargsOf(LuaValue.NIL, e.value());
    }
  }
}
