package dev.tiaki.lua.lib.module;

import dev.tiaki.lua.compile.ChunkLoader;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Arguments;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.text.ByteText;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code require} and the table {@code package}. */
public final class Modules {
  private static final String PATH = "path";

  private final LuaTable library = new LuaTable();
  private final LuaTable loaded = new LuaTable();
  private final LuaTable preload = new LuaTable();
  private final LuaTable searchers = new LuaTable();
  private final Set<String> beingLoaded = new HashSet<>();
  private final boolean sandbox;

  /** Installs both into the globals; in a sandbox only modules that are there already are found. */
  public Modules(ChunkLoader chunks, Globals globals, boolean sandbox) {
    this.sandbox = sandbox;
    library.rawset("loaded", loaded);
    library.rawset("preload", preload);
    library.rawset("searchers", searchers);
    library.rawset("loaders", searchers);
    library.rawset("config", LuaValue.valueOf("/\n;\n?\n!\n-\n"));
    library.rawset("cpath", LuaValue.valueOf(""));
    library.rawset(PATH, LuaValue.valueOf(sandbox ? "" : SearchPath.initial()));
    searchers.rawset(1, Builtin.of("preload", this::searchPreload));
    if (!sandbox) {
      searchers.rawset(2, Builtin.of("path", new FileSearcher(chunks, globals, library)::search));
      Builtin.add(library, "searchpath", SearchPath::searchpath);
    }
    globals.rawset("package", library);
    loaded.rawset("package", library);
    loaded.rawset("_G", globals);
    Builtin.add(globals, "require", this::require);
  }

  /** Returns {@code package.loaded}. */
  public LuaTable loaded() {
    return loaded;
  }

  /** Returns {@code package.preload}. */
  public LuaTable preload() {
    return preload;
  }

  /** Puts a folder's templates in front of {@code package.path}, unless they are there. */
  public void addFolder(Path folder) {
    String templates = folder + "/?.lua;" + folder + "/?/init.lua";
    String path = library.get(PATH).tojstring();
    if (!sandbox && !path.contains(templates)) {
      library.rawset(PATH, LuaValue.valueOf(path.isEmpty() ? templates : templates + ";" + path));
    }
  }

  private Varargs require(Varargs a) {
    LuaString name = Arguments.string(a, 1, "require");
    LuaValue known = loaded.rawget(name);
    if (known.toboolean()) {
      return known;
    }
    String text = ByteText.of(name);
    if (!beingLoaded.add(text)) {
      throw Raised.at("loop or previous error loading module '" + text + "'");
    }
    try {
      return run(name, text);
    } finally {
      beingLoaded.remove(text);
    }
  }

  private LuaValue run(LuaString name, String text) {
    StringBuilder tried = new StringBuilder();
    for (int i = 1; !searchers.rawget(i).isnil(); i++) {
      Varargs found = searchers.rawget(i).invoke(name);
      if (found.arg1().isfunction()) {
        LuaValue result = found.arg1().call(name, found.arg(2));
        if (!result.isnil()) {
          loaded.rawset(name, result);
        } else if (loaded.rawget(name).isnil()) {
          loaded.rawset(name, LuaValue.TRUE);
        }
        return loaded.rawget(name);
      }
      tried.append(found.arg1() instanceof LuaString why ? ByteText.of(why) : "");
    }
    throw Raised.at("module '" + text + "' not found:" + tried);
  }

  private Varargs searchPreload(Varargs a) {
    LuaValue loader = preload.get(a.arg1());
    return loader.isnil()
        ? LuaValue.valueOf("\n\tno field package.preload['" + a.arg1().tojstring() + "']")
        : loader;
  }
}
