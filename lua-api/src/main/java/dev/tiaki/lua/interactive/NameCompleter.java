package dev.tiaki.lua.interactive;

import dev.tiaki.lua.binding.Members;
import dev.tiaki.lua.text.ByteText;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Completes the name at the end of a line: keywords, globals and locals, or the members of what
 * stands before a point or a colon. Nothing is called to find that out, but attributes are read.
 */
final class NameCompleter {
  private static final Pattern PATH =
      Pattern.compile("((?:[A-Za-z_]\\w*\\s*[.:]\\s*)*)([A-Za-z_]\\w*)?$");
  private static final Pattern STEP = Pattern.compile("([A-Za-z_]\\w*)\\s*[.:]\\s*");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

  private static final List<String> KEYWORDS =
      List.of(
          "and",
          "break",
          "do",
          "else",
          "elseif",
          "end",
          "false",
          "for",
          "function",
          "goto",
          "if",
          "in",
          "local",
          "nil",
          "not",
          "or",
          "repeat",
          "return",
          "then",
          "true",
          "until",
          "while");

  /** Classes and metatables are not deeper; a chain that bites its tail is. */
  private static final int MOST_LEVELS = 16;

  private final LuaTable environment;
  private final LuaTable globals;

  NameCompleter(LuaTable environment, LuaTable globals) {
    this.environment = environment;
    this.globals = globals;
  }

  Completion complete(String line) {
    Matcher path = PATH.matcher(line);
    if (!path.find()) {
      return Completion.NOTHING;
    }
    String begun = path.group(2) == null ? "" : path.group(2);
    int start = line.length() - begun.length();
    boolean continues = start > 0 && ".:".indexOf(line.charAt(start - 1)) >= 0;
    if (path.group(1).isEmpty() && continues) {
      return Completion.NOTHING; // behind a call or an index: what it gives is not known
    }
    boolean methods = path.group(1).strip().endsWith(":");
    TreeSet<String> fitting = new TreeSet<>();
    for (String name : path.group(1).isEmpty() ? all() : members(path.group(1), methods)) {
      boolean hidden = name.startsWith("_") && !begun.startsWith("_");
      if (name.startsWith(begun) && !hidden) {
        fitting.add(name);
      }
    }
    return fitting.isEmpty() ? Completion.NOTHING : new Completion(start, List.copyOf(fitting));
  }

  private Collection<String> all() {
    TreeSet<String> names = new TreeSet<>(KEYWORDS);
    addKeys(environment, names);
    addKeys(globals, names);
    return names;
  }

  private Collection<String> members(String path, boolean methods) {
    TreeSet<String> names = new TreeSet<>();
    try {
      LuaValue owner = environment;
      Matcher step = STEP.matcher(path);
      while (step.find()) {
        owner = owner.get(LuaString.valueOf(step.group(1)));
      }
      addMembers(owner, names);
      if (methods) {
        LuaValue of = owner;
        names.removeIf(name -> !of.get(LuaString.valueOf(name)).isfunction());
      }
    } catch (RuntimeException unreadable) {
      names.clear(); // such as an attribute of a packet that has left
    }
    return names;
  }

  private static void addMembers(LuaValue owner, Collection<String> names) {
    if (owner instanceof Members known) {
      names.addAll(known.memberNames());
    }
    LuaValue level = owner;
    for (int i = 0; i < MOST_LEVELS && !level.isnil(); i++) {
      if (level instanceof LuaTable table) {
        addKeys(table, names);
        addClass(table, names);
      }
      LuaValue metatable = level.getmetatable();
      LuaValue next = metatable == null ? LuaValue.NIL : metatable.rawget("__index");
      if (metatable instanceof LuaTable cls) {
        addClass(cls, names);
      }
      level = next;
    }
  }

  /** Classes keep methods and properties in tables of their own. */
  private static void addClass(LuaTable cls, Collection<String> names) {
    LuaValue level = cls;
    for (int i = 0; i < MOST_LEVELS && level instanceof LuaTable table; i++) {
      for (String part : new String[] {"__methods", "property"}) {
        if (table.rawget(part) instanceof LuaTable known && !table.rawget("__methods").isnil()) {
          addKeys(known, names);
        }
      }
      level = table.rawget("super");
    }
  }

  private static void addKeys(LuaTable table, Collection<String> names) {
    Varargs entry = table.next(LuaValue.NIL);
    while (!entry.arg1().isnil()) {
      if (entry.arg1() instanceof LuaString key && NAME.matcher(ByteText.of(key)).matches()) {
        names.add(ByteText.of(key));
      }
      entry = table.next(entry.arg1());
    }
  }
}
