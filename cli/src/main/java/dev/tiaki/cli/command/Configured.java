package dev.tiaki.cli.command;

import dev.tiaki.cli.config.ConfigException;
import dev.tiaki.cli.config.ConfigFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Puts what a configuration file says under what the command line says, which counts more. */
final class Configured {
  private Configured() {}

  /**
   * Parses a command line again into {@code command}, as if the entries of {@code file} stood on it
   * too, where it does not give the same option itself.
   *
   * @throws CommandFailure when the file cannot be read or says something that makes no sense
   */
  static void parse(CommandLine command, Path file, ParseResult given) throws CommandFailure {
    List<ConfigFile.Entry> entries;
    try {
      entries = ConfigFile.read(file);
    } catch (IOException | ConfigException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
    List<String> words = new ArrayList<>();
    for (ConfigFile.Entry entry : entries) {
      OptionSpec option = command.getCommandSpec().findOption(entry.option());
      if (option == null || entry.option().equals("--config")) {
        throw problem(file, entry, "there is no key '" + entry.option().substring(2) + "'", null);
      }
      if (!given.hasMatchedOption(option.longestName())) {
        words.addAll(checked(command, file, entry));
      }
    }
    for (OptionSpec option : given.matchedOptions()) {
      words.addAll(words(option));
    }
    command.parseArgs(words.toArray(new String[0]));
  }

  private static List<String> words(OptionSpec option) {
    List<String> values = option.originalStringValues();
    return values.isEmpty() || option.arity().max() == 0
        ? List.of(option.longestName())
        : values.stream().map(value -> option.longestName() + "=" + value).toList();
  }

  /** Each entry is tried alone, so that what is wrong can be said with its line. */
  private static List<String> checked(CommandLine command, Path file, ConfigFile.Entry entry)
      throws CommandFailure {
    List<String> words =
        entry.values().isEmpty()
            ? List.of(entry.option())
            : entry.values().stream().map(value -> entry.option() + "=" + value).toList();
    try {
      command.parseArgs(words.toArray(new String[0]));
    } catch (ParameterException e) {
      throw problem(file, entry, String.valueOf(e.getMessage()), e);
    }
    return words;
  }

  private static CommandFailure problem(
      Path file, ConfigFile.Entry entry, String message, @Nullable ParameterException cause) {
    String text = file + ":" + entry.line() + ": " + message;
    return cause == null ? new CommandFailure(text) : new CommandFailure(text, cause);
  }
}
