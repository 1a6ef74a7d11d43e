package dev.tiaki.cli.command;

import dev.tiaki.cli.output.LogLevels;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads what {@code -l} asks for. */
final class LogLevelsConverter implements ITypeConverter<LogLevels> {
  LogLevelsConverter() {}

  @Override
  public LogLevels convert(String value) {
    try {
      return LogLevels.parse(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          e.getMessage() + " (fatal, error, warn, info, debug, trace)");
    }
  }
}
