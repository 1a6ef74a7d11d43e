package dev.tiaki.cli.command;

import dev.tiaki.cli.config.ConfigException;
import dev.tiaki.cli.config.ConfigFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Puts what a configuration file says under what the command line says, which counts more. */
final class Configured {
  /** Orders to the command itself, which make no sense in a file. */
  static final Set<String> NOT_KEYS = Set.of("--config", "--help", "--check", "--print-rules");

  private Configured() {}

  private static String key(ConfigFile.Entry entry) {
    return entry.option().substring(2);
  }

  /**
   * Parses a command line again into {@code command}, as if the entries of {@code file} stood on it
   * too, where it does not give the same option itself.
   *
   * @param check looks at what was parsed, throws IllegalArgumentException if it makes no sense
   * @throws CommandFailure when the file cannot be read or says something that makes no sense
   */
  static void parse(CommandLine command, Path file, ParseResult given, Runnable check)
      throws CommandFailure {
    List<ConfigFile.Entry> entries;
    try {
      entries = ConfigFile.read(file);
    } catch (IOException | ConfigException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
    List<String> words = new ArrayList<>();
    for (ConfigFile.Entry entry : entries) {
      OptionSpec option = command.getCommandSpec().findOption(entry.option());
      if (option == null || NOT_KEYS.contains(entry.option())) {
        throw problem(
            file,
            entry,
            "there is no key '%s'; 'tiaki run --help' lists them".formatted(key(entry)),
            null);
      }
      if (!given.hasMatchedOption(option.longestName())) {
        words.addAll(checked(command, file, entry, wordsOf(option, file, entry), check));
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

  /** Returns an entry as words of the command line, none for a switch that is off. */
  private static List<String> wordsOf(OptionSpec option, Path file, ConfigFile.Entry entry)
      throws CommandFailure {
    List<String> values = entry.values();
    if (values.size() > 1 && !option.isMultiValue()) {
      throw problem(file, entry, key(entry) + ": takes one value, not a list", null);
    }
    if (values.isEmpty()) {
      return List.of(entry.option());
    }
    if (option.arity().max() > 0) {
      return values.stream().map(value -> entry.option() + "=" + value).toList();
    }
    String value = values.getFirst();
    if (!value.matches("(?i)true|yes|on|false|no|off")) {
      throw problem(file, entry, key(entry) + " '" + value + "': must be true or false", null);
    }
    return value.matches("(?i)true|yes|on") ? List.of(entry.option()) : List.of();
  }

  /** Each entry is tried alone, so that what is wrong can be said with its line. */
  private static List<String> checked(
      CommandLine command, Path file, ConfigFile.Entry entry, List<String> words, Runnable check)
      throws CommandFailure {
    try {
      command.parseArgs(words.toArray(new String[0]));
      check.run();
    } catch (ParameterException | IllegalArgumentException e) {
      throw problem(file, entry, String.valueOf(e.getMessage()), e);
    }
    return words;
  }

  private static CommandFailure problem(
      Path file, ConfigFile.Entry entry, String message, @Nullable RuntimeException cause) {
    String what = message.contains(key(entry)) ? message : key(entry) + ": " + message;
    String text = file + ":" + entry.line() + ": " + what;
    return cause == null ? new CommandFailure(text) : new CommandFailure(text, cause);
  }
}
