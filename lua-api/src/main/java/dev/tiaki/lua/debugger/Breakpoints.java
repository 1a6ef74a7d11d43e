package dev.tiaki.lua.debugger;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.luaj.vm2.LuaString;

/** Lines to stop at, per source. */
final class Breakpoints {
  private final Map<LuaString, Set<Integer>> lines = new HashMap<>();

  boolean isEmpty() {
    return lines.isEmpty();
  }

  boolean contains(LuaString source, int line) {
    Set<Integer> known = lines.get(source);
    return known != null && known.contains(line);
  }

  void add(LuaString source, int line) {
    lines.computeIfAbsent(source, _ -> new HashSet<>()).add(line);
  }

  /** Returns whether there was one. */
  boolean remove(LuaString source, int line) {
    Set<Integer> known = lines.get(source);
    if (known == null || !known.remove(line)) {
      return false;
    }
    if (known.isEmpty()) {
      lines.remove(source);
    }
    return true;
  }
}
