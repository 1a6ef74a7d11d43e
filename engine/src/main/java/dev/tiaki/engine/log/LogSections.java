package dev.tiaki.engine.log;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sections of one worker's log: their levels, and the default for those without one. */
public final class LogSections {
  /** How many sections there may be, as in Haka. */
  public static final int MAX_SECTIONS = 256;

  private static final String[] CORE = {
    "core", "packet", "time", "states", "remote", "external", "lua"
  };

  private final Map<String, LogSection> sections = new LinkedHashMap<>();
  private final Map<String, LogLevel> awaited = new LinkedHashMap<>();
  private final LogOutput output;
  private LogLevel defaultLevel = LogLevel.INFO;

  /** Makes the core sections at level info, all writing to {@code output}. */
  public LogSections(LogOutput output) {
    this.output = output;
    for (String name : CORE) {
      section(name);
    }
  }

  /**
   * Returns the section called {@code name}, made at its first use.
   *
   * @throws IllegalStateException when {@value #MAX_SECTIONS} exist: {@code too many log section}
   */
  public LogSection section(String name) {
    LogSection found = sections.get(name);
    return found != null ? found : register(name);
  }

  private LogSection register(String name) {
    if (sections.size() == MAX_SECTIONS) {
      throw new IllegalStateException("too many log section");
    }
    LogSection made = new LogSection(name, output, defaultLevel);
    LogLevel wanted = awaited.remove(name);
    if (wanted != null) {
      made.level = wanted;
      made.explicit = true;
    }
    sections.put(name, made);
    return made;
  }

  /** Tells whether a section called {@code name} exists already. */
  public boolean exists(String name) {
    return sections.containsKey(name);
  }

  /** Returns the level of the sections that have none of their own. */
  public LogLevel defaultLevel() {
    return defaultLevel;
  }

  /** Returns the sections that have a level of their own, also those that do not exist yet. */
  public Map<String, LogLevel> ownLevels() {
    Map<String, LogLevel> own = new LinkedHashMap<>(awaited);
    sections.forEach((name, section) -> {
      if (section.explicit) {
        own.put(name, section.level);
      }
    });
    return own;
  }

  /** Sets the level of every section that has none of its own. */
  public void setDefaultLevel(LogLevel level) {
    defaultLevel = level;
    for (LogSection section : sections.values()) {
      if (!section.explicit) {
        section.level = level;
      }
    }
  }

  /**
   * Sets the level of one section, or with null takes its own level away. A section that does not
   * exist yet gets the level when it is made.
   */
  public void setLevel(String name, @Nullable LogLevel level) {
    LogSection section = sections.get(name);
    if (section != null) {
      section.explicit = level != null;
      section.level = level != null ? level : defaultLevel;
    } else if (level != null) {
      awaited.put(name, level);
    } else {
      awaited.remove(name);
    }
  }
}
