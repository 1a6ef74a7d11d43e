package dev.tiaki.engine.log;

/**
 * One named part of the log with a level of its own.
 *
 * <p>Ask {@link #isEnabled} before building a message that costs something.
 */
public final class LogSection {
  private final String name;
  private final LogOutput output;
  LogLevel level;
  boolean explicit;

  LogSection(String name, LogOutput output, LogLevel level) {
    this.name = name;
    this.output = output;
    this.level = level;
  }

  /** Returns the name of the section. */
  public String name() {
    return name;
  }

  /** Tells whether a message of this level is written. */
  public boolean isEnabled(LogLevel wanted) {
    return wanted.compareTo(level) <= 0;
  }

  /** Writes {@code message} when the section lets {@code wanted} through. */
  public void log(LogLevel wanted, String message) {
    if (isEnabled(wanted)) {
      output.write(name, wanted, message);
    }
  }

  /** Writes at level error. */
  public void error(String message) {
    log(LogLevel.ERROR, message);
  }

  /** Writes at level warn. */
  public void warn(String message) {
    log(LogLevel.WARN, message);
  }

  /** Writes at level info. */
  public void info(String message) {
    log(LogLevel.INFO, message);
  }

  /** Writes at level debug. */
  public void debug(String message) {
    log(LogLevel.DEBUG, message);
  }

  /** Tells whether debug messages are written. */
  public boolean isDebugEnabled() {
    return isEnabled(LogLevel.DEBUG);
  }
}
