package dev.tiaki.cli.config;

import java.nio.file.Path;

/** A configuration file says something that makes no sense; the message names file and line. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Makes one for a line, counted from 1; 0 for what the command line says in its place. */
  public ConfigException(Path file, int line, String problem) {
    super((line == 0 ? "command line: " : file + ":" + line + ": ") + problem);
  }
}
