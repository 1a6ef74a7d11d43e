package dev.tiaki.lua.haka;

import dev.tiaki.engine.log.LogLevel;
import dev.tiaki.engine.log.LogSection;
import dev.tiaki.engine.log.LogSections;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.lib.base.ToText;
import dev.tiaki.lua.runtime.LuaRuntime;
import dev.tiaki.lua.text.ByteText;
import java.util.Map;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code haka.log}, {@code haka.log_section} and {@code haka.setloglevel}. */
final class LogFunctions {
  private static final Map<String, LogLevel> LEVELS =
      Map.of(
          "fatal", LogLevel.FATAL,
          "error", LogLevel.ERROR,
          "warning", LogLevel.WARN,
          "info", LogLevel.INFO,
          "debug", LogLevel.DEBUG);

  private final LuaRuntime runtime;
  private final LogSections sections;
  private final LuaValue format;

  LogFunctions(LuaRuntime runtime, LogSections sections) {
    this.runtime = runtime;
    this.sections = sections;
    this.format = runtime.globals().get("string").get("format");
  }

  void addTo(LuaTable haka) {
    LuaTable log = logger(sections.section("external"));
    Builtin.add(log, "setlevel", this::setLevel);
    Builtin.add(log, "message", this::message);
    haka.rawset("log", log);
    Builtin.add(haka, "log_section", all -> logger(section(all.checkjstring(1))));
    Builtin.add(haka, "setloglevel", this::setLevel);
    if (runtime.globals().get("debug") instanceof LuaTable debug) {
      LuaValue traceback = debug.get("traceback");
      Builtin.add(debug, "format_error", all -> formatError(all.arg1(), traceback));
    }
    followTracebacks();
  }

  /** What {@code xpcall} makes of an error: text gets a traceback while debugging. */
  private LuaValue formatError(LuaValue error, LuaValue traceback) {
    if (!sections.section("lua").isDebugEnabled()) {
      return error;
    }
    if (!error.isstring()) {
      return LuaValue.NIL;
    }
    boolean traced = error.tojstring().contains("\nstack traceback:");
    return traced ? error : traceback.call(error, LuaValue.valueOf(2));
  }

  private LogSection section(String name) {
    try {
      return sections.section(name);
    } catch (IllegalStateException tooMany) {
      throw Raised.plain("too many log section");
    }
  }

  private LuaTable logger(LogSection section) {
    LuaTable logger = new LuaTable();
    LEVELS.forEach((word, level) -> Builtin.add(logger, word, all -> log(section, level, all)));
    LuaTable metatable = new LuaTable();
    Builtin.add(metatable, "__call", all -> log(section, LogLevel.INFO, all.subargs(2)));
    logger.setmetatable(metatable);
    return logger;
  }

  private Varargs log(LogSection section, LogLevel level, Varargs all) {
    LogSection target = section;
    Varargs text = all;
    if (isOldDialect(all)) {
      target = section(all.arg1().tojstring());
      text = all.subargs(2);
    }
    if (target.isEnabled(level)) {
      LuaValue message = format.invoke(text).arg1();
      target.log(level, ByteText.of(ToText.stringOf(message)));
    }
    return LuaValue.NONE;
  }

  /** As Haka 0.2 has it: {@code level, section, text}; a text without arguments is no format. */
  private Varargs message(Varargs all) {
    String word = all.checkjstring(1);
    LogLevel level = LEVELS.get(word);
    if (level == null) {
      throw Raised.plain("invalid log level: " + word);
    }
    LogSection target = section(all.arg(2).optjstring("unknown"));
    if (target.isEnabled(level)) {
      Varargs text = all.subargs(3);
      LuaValue message = text.narg() > 1 ? format.invoke(text).arg1() : text.arg1();
      target.log(level, ByteText.of(ToText.stringOf(message)));
    }
    return LuaValue.NONE;
  }

  /**
   * Haka 0.2 took the name of a section first: a text without {@code %} in front of a format that
   * uses up the arguments that are left.
   */
  private static boolean isOldDialect(Varargs all) {
    return all.narg() >= 2
        && all.arg1() instanceof LuaString first
        && all.arg(2) instanceof LuaString second
        && first.indexOf((byte) '%', 0) < 0
        && conversions(second) == all.narg() - 2;
  }

  private static int conversions(LuaString format) {
    int count = 0;
    for (int i = 0; i < format.m_length; i++) {
      if (format.luaByte(i) == '%') {
        i++;
        count += i < format.m_length && format.luaByte(i) == '%' ? 0 : 1;
      }
    }
    return count;
  }

  private Varargs setLevel(Varargs all) {
    String word = all.checkjstring(1);
    boolean byDefault = word.equals("default");
    LogLevel level = LEVELS.get(word);
    if (level == null && !byDefault) {
      throw Raised.plain("invalid log level: " + word);
    }
    if (all.arg(2).isnil()) {
      if (level == null) {
        throw Raised.plain("invalid default log level");
      }
      sections.setDefaultLevel(level);
    } else {
      String name = all.checkjstring(2);
      if (!sections.exists(name)) {
        throw Raised.plain("invalid section name");
      }
      sections.setLevel(name, level);
    }
    followTracebacks();
    return LuaValue.NONE;
  }

  /** Failures carry a traceback while the section {@code lua} shows debug messages. */
  void followTracebacks() {
    runtime.failures().setTracebacks(sections.section("lua").isDebugEnabled());
  }
}
