package dev.tiaki.engine.log;

/** Where log lines go. */
@FunctionalInterface
public interface LogOutput {
  /**
   * Writes one message.
   *
   * @param section the section's name
   * @param level how much it matters
   * @param message the text; each char is one byte (ISO 8859-1), because rules log bytes
   */
  void write(String section, LogLevel level, String message);
}
