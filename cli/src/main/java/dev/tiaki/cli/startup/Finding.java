package dev.tiaki.cli.startup;

import java.util.Locale;

/**
 * What a check found.
 *
 * @param name what was looked for
 * @param grade whether that will do
 * @param found what is there
 * @param remedy what to do, empty when nothing has to be done
 */
public record Finding(String name, Grade grade, String found, String remedy) {
  /** Whether what was found will do. */
  public enum Grade {
    /** It is there. */
    OK,
    /** It is not there, and something else will do instead. */
    NOTE,
    /** It is not there, and nothing goes without it. */
    MISSING
  }

  static Finding ok(String name, String found) {
    return new Finding(name, Grade.OK, found, "");
  }

  static Finding note(String name, String found, String remedy) {
    return new Finding(name, Grade.NOTE, found, remedy);
  }

  static Finding missing(String name, String found, String remedy) {
    return new Finding(name, Grade.MISSING, found, remedy);
  }

  /** Tells whether nothing goes without it. */
  public boolean isMissing() {
    return grade == Grade.MISSING;
  }

  /** Returns what was found and, if anything, what to do. */
  public String sentence() {
    return remedy.isEmpty() ? found : found + "; " + remedy;
  }

  /** Returns a line of a table for people. */
  public String line() {
    return "%-8s %-14s %s".formatted(grade.name().toLowerCase(Locale.ROOT), name, sentence());
  }
}
