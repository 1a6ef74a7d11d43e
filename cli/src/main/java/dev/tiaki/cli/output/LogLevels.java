package dev.tiaki.cli.output;

import dev.tiaki.engine.log.LogLevel;
import dev.tiaki.engine.log.LogSections;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code -l} asks for: {@code [section=]level[,[section=]level…]}.
 *
 * @param changes the wanted levels in the order given
 */
public record LogLevels(List<Change> changes) {
  /** Every section at its default. */
  public static final LogLevels DEFAULT = new LogLevels(List.of());

  /**
   * One wanted level.
   *
   * @param section the section it is for, or null for all without a level of their own
   * @param level the level, or null for {@code default}: the section has none of its own
   */
  public record Change(@Nullable String section, @Nullable LogLevel level) {}

  /** Keeps its own copy. */
  public LogLevels {
    changes = List.copyOf(changes);
  }

  /** Returns every section at {@code level}. */
  public static LogLevels all(LogLevel level) {
    return new LogLevels(List.of(new Change(null, level)));
  }

  /**
   * Reads one option value.
   *
   * @throws IllegalArgumentException {@code invalid logging level: …}
   */
  public static LogLevels parse(String specification) {
    List<Change> changes = new ArrayList<>();
    for (String part : specification.split(",", -1)) {
      int equals = part.indexOf('=');
      @Nullable String section = equals < 0 ? null : part.substring(0, equals);
      changes.add(change(section, part.substring(equals + 1)));
    }
    return new LogLevels(changes);
  }

  private static Change change(@Nullable String section, String word) {
    if (!word.equals("default")) {
      return new Change(section, LogLines.level(word));
    }
    if (section == null) {
      throw new IllegalArgumentException("invalid default log level");
    }
    return new Change(section, null);
  }

  /** Returns these changes followed by {@code later}. */
  public LogLevels and(LogLevels later) {
    List<Change> both = new ArrayList<>(changes);
    both.addAll(later.changes);
    return new LogLevels(both);
  }

  /** Carries the changes out. */
  public void applyTo(LogSections sections) {
    for (Change change : changes) {
      if (change.section() != null) {
        sections.setLevel(change.section(), change.level());
      } else if (change.level() != null) {
        sections.setDefaultLevel(change.level());
      }
    }
  }
}
