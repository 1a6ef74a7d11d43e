package dev.tiaki.lua.lib.module;

import dev.tiaki.lua.compile.ChunkLoader;
import dev.tiaki.lua.compile.SyntaxError;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.text.ByteText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Finds the Lua file of a module along {@code package.path}. */
final class FileSearcher {
  private final ChunkLoader chunks;
  private final Globals globals;
  private final LuaTable library;

  FileSearcher(ChunkLoader chunks, Globals globals, LuaTable library) {
    this.chunks = chunks;
    this.globals = globals;
    this.library = library;
  }

  Varargs search(Varargs a) {
    if (!(library.get("path") instanceof LuaString path)) {
      throw Raised.at("'package.path' must be a string");
    }
    String name = ByteText.of(a.arg1().checkstring());
    StringBuilder tried = new StringBuilder();
    Path file = SearchPath.find(name, ByteText.of(path), tried);
    if (file == null) {
      return ByteText.bytesOf(tried.toString());
    }
    return LuaValue.varargsOf(load(name, file), LuaValue.valueOf(file.toString()));
  }

  private LuaFunction load(String name, Path file) {
    try {
      return chunks.load(Files.readAllBytes(file), "@" + file, globals);
    } catch (IOException e) {
      throw Raised.at("error loading module '" + name + "' from file '" + file + "': " + e);
    } catch (SyntaxError e) {
      throw Raised.at(
          "error loading module '" + name + "' from file '" + file + "':\n\t" + e.text());
    }
  }
}
