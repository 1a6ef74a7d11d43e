package dev.tiaki.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The command line of Haka's daemon. Options that set a key of the configuration keep their order.
 */
final class HakaDaemonOptions {
  private static final Map<String, String> LONG_OF_SHORT =
      Map.of("-h", "--help", "-c", "--config", "-r", "--rule", "-d", "--debug", "-l", "--loglevel");

  Path config = Path.of("/etc/haka/haka.conf");
  Path pidFile = Path.of("/var/run/haka.pid");
  boolean help;
  boolean version;
  boolean foreground;

  /** Values by {@code section:key}, the last one of each. */
  final Map<String, String> overrides = new LinkedHashMap<>();

  /** What was asked for and is not there. */
  final List<String> withoutEffect = new ArrayList<>();

  private HakaDaemonOptions() {}

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException when an option is unknown, or lacks its value
   */
  static HakaDaemonOptions parse(List<String> words) {
    HakaDaemonOptions options = new HakaDaemonOptions();
    Iterator<String> rest = words.iterator();
    while (rest.hasNext()) {
      String word = rest.next();
      int equals = word.startsWith("--") ? word.indexOf('=') : -1;
      String name = equals < 0 ? word : word.substring(0, equals);
      String option = LONG_OF_SHORT.getOrDefault(name, name);
      options.set(option, equals < 0 ? null : word.substring(equals + 1), rest);
    }
    return options;
  }

  private void set(String option, @Nullable String attached, Iterator<String> rest) {
    switch (option) {
      case "--config" -> config = Path.of(value(option, attached, rest));
      case "--pid-file" -> pidFile = Path.of(value(option, attached, rest));
      case "--rule" -> overrides.put("general:configuration", value(option, attached, rest));
      case "--loglevel" -> overrides.put("log:level", value(option, attached, rest));
      case "--opt" -> override(value(option, attached, rest));
      case "--ctl-file" -> {
        String _ = value(option, attached, rest);
        withoutEffect.add(option);
      }
      default -> flag(option, attached);
    }
  }

  private void flag(String option, @Nullable String attached) {
    if (attached != null) {
      throw new IllegalArgumentException("there is no option " + option + " with a value");
    }
    switch (option) {
      case "--help" -> help = true;
      case "--version" -> version = true;
      case "--debug" -> overrides.put("log:level", "debug");
      case "--no-daemon" -> foreground = true;
      case "--debug-lua", "--dump-dissector-graph" -> withoutEffect.add(option);
      default -> throw new IllegalArgumentException("there is no option " + option);
    }
  }

  private void override(String text) {
    int equals = text.indexOf('=');
    String key = equals < 0 ? text : text.substring(0, equals);
    if (!key.matches("[^:\\s]+:[^:\\s]+")) {
      throw new IllegalArgumentException("--opt '" + text + "': must be SECTION:KEY[=VALUE]");
    }
    overrides.put(key, equals < 0 ? "true" : text.substring(equals + 1));
  }

  private static String value(String option, @Nullable String attached, Iterator<String> rest) {
    if (attached != null) {
      return attached;
    }
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return rest.next();
  }
}
