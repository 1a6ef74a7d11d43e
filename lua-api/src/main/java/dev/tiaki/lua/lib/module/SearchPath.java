package dev.tiaki.lua.lib.module;

import dev.tiaki.lua.lib.Arguments;
import dev.tiaki.lua.text.ByteText;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Paths of templates: {@code ?} stands for the module, {@code ;} between templates. */
final class SearchPath {
  private static final String DEFAULT =
      "./?.lua;/usr/local/share/lua/5.1/?.lua;/usr/local/share/lua/5.1/?/init.lua"
          + ";/usr/share/lua/5.1/?.lua;/usr/share/lua/5.1/?/init.lua";

  /** Precompiled chunks of other Lua engines, which this one cannot run. */
  private static final String BYTECODE = ".bc";

  private SearchPath() {}

  /** Returns the path from {@code LUA_PATH}, whose {@code ;;} stands for the default. */
  static String initial() {
    String set = System.getenv("LUA_PATH");
    if (set == null) {
      return DEFAULT;
    }
    return set.startsWith(";;")
        ? DEFAULT + ";" + set.substring(2)
        : set.replaceFirst(";;", java.util.regex.Matcher.quoteReplacement(";" + DEFAULT + ";"));
  }

  /** Returns the first file that can be read, or null; the ones tried are told to {@code tried}. */
  static @Nullable Path find(String name, String path, StringBuilder tried) {
    for (String template : path.split(";", -1)) {
      if (template.isEmpty() || template.endsWith(BYTECODE)) {
        continue;
      }
      String file = template.replace("?", name.replace('.', '/'));
      if (isReadable(file)) {
        return Path.of(file);
      }
      tried.append("\n\tno file '").append(file).append('\'');
    }
    return null;
  }

  private static boolean isReadable(String file) {
    try {
      Path path = Path.of(file);
      return Files.isRegularFile(path) && Files.isReadable(path);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** {@code package.searchpath(name, path)}. */
  static Varargs searchpath(Varargs a) {
    LuaString name = Arguments.string(a, 1, "searchpath");
    LuaString path = Arguments.string(a, 2, "searchpath");
    StringBuilder tried = new StringBuilder();
    Path found = find(ByteText.of(name), ByteText.of(path), tried);
    return found == null
        ? LuaValue.varargsOf(LuaValue.NIL, ByteText.bytesOf(tried.toString()))
        : LuaValue.valueOf(found.toString());
  }
}
