package dev.tiaki.engine.log;

import java.util.Locale;

/** How much a line matters, the most serious first. */
public enum LogLevel {
  /** The program cannot go on. */
  FATAL,
  /** Something failed. */
  ERROR,
  /** Something is odd. */
  WARN,
  /** Something worth knowing happened. */
  INFO,
  /** For authors of rules. */
  DEBUG,
  /** For authors of the engine. */
  TRACE;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** Returns the word that stands in a log line. */
  public String word() {
    return word;
  }
}
