package dev.tiaki.cli.output;

import dev.tiaki.engine.log.LogLevel;
import dev.tiaki.engine.log.LogOutput;
import java.util.Locale;

/**
 * Writes log lines as Haka does: level, section, message, the messages aligned behind the longest
 * section seen so far. Fatal lines go to standard error. Shared by all workers.
 */
public final class LogLines implements LogOutput {
  /** Haka's message buffer holds 3 072 bytes, one of them the terminator. */
  static final int MAX_MESSAGE_BYTES = 3071;

  private static final int LEVEL_WIDTH = 5;

  private final ByteOutput output;
  private final ByteOutput errors;
  private final boolean colored;
  private int sectionWidth;

  /**
   * Makes a log that writes to {@code output}, fatal lines to {@code errors}.
   *
   * @param colored whether level and section are coloured
   */
  public LogLines(ByteOutput output, ByteOutput errors, boolean colored) {
    this.output = output;
    this.errors = errors;
    this.colored = colored;
  }

  @Override
  public synchronized void write(String section, LogLevel level, String message) {
    sectionWidth = Math.max(sectionWidth, section.length());
    String text =
        message.length() > MAX_MESSAGE_BYTES ? message.substring(0, MAX_MESSAGE_BYTES) : message;
    String line = colored ? colored(section, level, text) : plain(section, level, text);
    if (level == LogLevel.FATAL) {
      output.flush();
      errors.write(line);
      errors.flush();
    } else {
      output.write(line);
    }
  }

  private String plain(String section, LogLevel level, String message) {
    return level.word()
        + " ".repeat(LEVEL_WIDTH - level.word().length() + 1)
        + section
        + ":"
        + " ".repeat(sectionWidth - section.length() + 1)
        + message
        + "\n";
  }

  private String colored(String section, LogLevel level, String message) {
    return color(level).code
        + level.word()
        + Color.CLEAR.code
        + " ".repeat(LEVEL_WIDTH - level.word().length() + 1)
        + Color.CYAN.code
        + section
        + ":"
        + Color.CLEAR.code
        + " ".repeat(sectionWidth - section.length() + 1)
        + message
        + "\n"
        + Color.CLEAR.code;
  }

  private static Color color(LogLevel level) {
    return switch (level) {
      case FATAL, ERROR -> Color.BOLD_RED;
      case WARN -> Color.BOLD_YELLOW;
      case INFO -> Color.BOLD;
      case DEBUG, TRACE -> Color.CLEAR;
    };
  }

  /** Returns the level that {@code word} names, as Haka's command line spells it. */
  static LogLevel level(String word) {
    for (LogLevel level : LogLevel.values()) {
      if (level.word().equals(word)) {
        return level;
      }
    }
    if (word.toLowerCase(Locale.ROOT).equals("warning")) {
      return LogLevel.WARN; // what Haka's help and manual say
    }
    throw new IllegalArgumentException("invalid logging level: " + word);
  }
}
