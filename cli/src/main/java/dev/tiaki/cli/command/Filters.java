package dev.tiaki.cli.command;

import dev.tiaki.engine.libpcap.BpfFilter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Reads the option {@code --filter}. */
final class Filters {
  private Filters() {}

  /**
   * Returns the filter of an expression, null when there is none.
   *
   * @throws CommandFailure when there is no libpcap to compile it
   */
  static @Nullable BpfFilter of(@Nullable String expression, CommandSpec spec)
      throws CommandFailure {
    if (expression == null) {
      return null;
    }
    try {
      return BpfFilter.of(expression);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--filter: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new CommandFailure("--filter: " + e.getMessage(), e);
    }
  }
}
