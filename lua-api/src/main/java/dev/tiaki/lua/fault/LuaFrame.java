package dev.tiaki.lua.fault;

import org.jspecify.annotations.Nullable;

/**
 * One level of a Lua stack.
 *
 * @param source the chunk as messages name it, such as {@code rules.lua}; {@code [C]} for a library
 *     function
 * @param line the line that runs, from 1, or -1 when there is none
 * @param name the function as the source names it, {@code main chunk}, or null when unknown
 */
public record LuaFrame(String source, int line, @Nullable String name) {
  static final String LIBRARY = "[C]";
  static final String MAIN = "main chunk";

  /** Says whether a library function runs here, not Lua code. */
  public boolean isLibrary() {
    return source.equals(LIBRARY);
  }

  /** Returns {@code source:line}, or an empty string for a library function. */
  public String position() {
    return isLibrary() || line < 0 ? "" : source + ":" + line;
  }

  /** Returns the line of a traceback, without indentation. */
  public String describe() {
    String where = isLibrary() ? source : source + ":" + line;
    if (name == null) {
      return where + ": in ?";
    }
    return name.equals(MAIN) ? where + ": in main chunk" : where + ": in function '" + name + "'";
  }
}
