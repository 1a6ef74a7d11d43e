package dev.tiaki.cli.command;

import dev.tiaki.cli.output.LogLevels;
import dev.tiaki.engine.log.LogLevel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Haka's command line, read as C's {@code getopt_long} reads it: short options may be bundled and
 * have their value attached, long ones may be shortened, and options may follow arguments.
 */
final class HakapcapOptions {
  /** The command line is not one of Haka's. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }

  private static final String SHORT_WITH_VALUE = "lao";
  private static final Map<String, Character> LONG =
      Map.of(
          "help", 'h',
          "version", 'v',
          "debug", 'd',
          "loglevel", 'l',
          "alert-to", 'a',
          "debug-lua", 'L',
          "dump-dissector-graph", 'G',
          "no-pass-through", 'p',
          "pass-through", 'P');

  boolean help;
  boolean version;
  boolean passThrough = true;
  boolean debugLua;
  boolean dissectorGraph;
  @Nullable String alertTo;
  @Nullable String output;
  LogLevels levels = LogLevels.DEFAULT;
  final List<String> arguments = new ArrayList<>();

  private HakapcapOptions() {}

  /**
   * Reads a command line.
   *
   * @throws UsageException when an option is unknown or lacks its value
   * @throws IllegalArgumentException {@code invalid logging level: …}
   */
  static HakapcapOptions parse(List<String> words) throws UsageException {
    HakapcapOptions options = new HakapcapOptions();
    Iterator<String> rest = words.iterator();
    while (rest.hasNext()) {
      String word = rest.next();
      if (word.equals("--")) {
        rest.forEachRemaining(options.arguments::add);
      } else if (word.startsWith("--")) {
        options.longOption(word.substring(2), rest);
      } else if (word.startsWith("-") && word.length() > 1) {
        options.shortOptions(word, rest);
      } else {
        options.arguments.add(word);
      }
    }
    return options;
  }

  private void longOption(String word, Iterator<String> rest) throws UsageException {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    char option = LONG.getOrDefault(fullName(name), 'h');
    boolean takesValue = SHORT_WITH_VALUE.indexOf(option) >= 0;
    if (equals >= 0 && !takesValue) {
      throw new UsageException("option '--" + name + "' doesn't allow an argument");
    }
    if (!takesValue) {
      set(option, "");
    } else {
      set(
          option,
          equals >= 0
              ? word.substring(equals + 1)
              : value("option '--" + name + "' requires an argument", rest));
    }
  }

  private static String fullName(String name) throws UsageException {
    if (LONG.containsKey(name)) {
      return name;
    }
    List<String> matches = LONG.keySet().stream().filter(key -> key.startsWith(name)).toList();
    if (matches.size() != 1) {
      String problem = matches.isEmpty() ? "unrecognized option '--" : "ambiguous option '--";
      throw new UsageException(problem + name + "'");
    }
    return matches.getFirst();
  }

  private void shortOptions(String word, Iterator<String> rest) throws UsageException {
    for (int i = 1; i < word.length(); i++) {
      char option = word.charAt(i);
      if (SHORT_WITH_VALUE.indexOf(option) >= 0) {
        String attached = word.substring(i + 1);
        set(
            option,
            attached.isEmpty()
                ? value("option requires an argument -- '" + option + "'", rest)
                : attached);
        return;
      }
      if ("dh".indexOf(option) < 0) {
        throw new UsageException("invalid option -- '" + option + "'");
      }
      set(option, "");
    }
  }

  private static String value(String complaint, Iterator<String> rest) throws UsageException {
    if (!rest.hasNext()) {
      throw new UsageException(complaint);
    }
    return rest.next();
  }

  private void set(char option, String value) {
    switch (option) {
      case 'h' -> help = true;
      case 'v' -> version = true;
      case 'd' -> levels = levels.and(LogLevels.all(LogLevel.DEBUG));
      case 'l' -> levels = levels.and(LogLevels.parse(value));
      case 'a' -> alertTo = value;
      case 'o' -> output = value;
      case 'p' -> passThrough = false;
      case 'P' -> passThrough = true;
      case 'L' -> debugLua = true;
      default -> dissectorGraph = true;
    }
  }
}
