package dev.tiaki.cli.config;

import dev.tiaki.cli.config.ConfigFile.Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Haka's configuration: sections, and {@code key = value} lines in them. What has no meaning here
 * is left out; what cannot be done is refused.
 */
final class HakaConf {
  private record Line(String value, int number) {}

  private final Path file;
  private final Map<String, Line> lines = new TreeMap<>();
  private final List<Entry> entries = new ArrayList<>();

  private HakaConf(Path file) {
    this.file = file;
  }

  static List<Entry> entries(String text, Path file) throws ConfigException {
    return entries(text, file, Map.of());
  }

  /** As if {@code overrides}, values by {@code section:key}, stood at the end of the text. */
  static List<Entry> entries(String text, Path file, Map<String, String> overrides)
      throws ConfigException {
    HakaConf conf = new HakaConf(file);
    conf.read(text);
    overrides.forEach(
        (key, value) -> conf.lines.put(inPlace(key.toLowerCase(Locale.ROOT)), new Line(value, 0)));
    conf.translate();
    return conf.entries;
  }

  private void read(String text) throws ConfigException {
    String section = "";
    int number = 0;
    for (String raw : text.lines().toList()) {
      number++;
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
        continue;
      }
      int equals = line.indexOf('=');
      if (line.startsWith("[") && line.endsWith("]")) {
        section = line.substring(1, line.length() - 1).strip().toLowerCase(Locale.ROOT);
      } else if (equals > 0) {
        String key = line.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        lines.put(
            inPlace(section + ":" + key), new Line(unquoted(line.substring(equals + 1)), number));
      } else {
        throw new ConfigException(file, number, "is neither [section] nor key = value");
      }
    }
  }

  /** Releases up to 0.3 called the section "packet". */
  private static String inPlace(String key) {
    return key.replaceFirst("^packet:", "capture:");
  }

  private static String unquoted(String raw) {
    String value = raw.strip();
    boolean quoted =
        value.length() > 1
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(0) == value.charAt(value.length() - 1);
    return quoted ? value.substring(1, value.length() - 1) : value.replaceFirst("\\s+[#;].*", "");
  }

  private void translate() throws ConfigException {
    copy("general:configuration", "--rules");
    copy("log:level", "--log-level");
    Line module = lines.get("capture:module");
    if (module != null) {
      capture(module);
    }
    Line alerts = lines.get("alert:module");
    if (alerts == null) {
      return;
    }
    if (!alerts.value().equals("alert/file")) {
      throw new ConfigException(
          file,
          alerts.number(),
          "alert module '" + alerts.value() + "' is not there; take alert/file, or --eve");
    }
    Line target = lines.get("alert:file");
    if (target != null && !target.value().equals("-")) {
      copy("alert:file", "--alerts");
    }
    copy("alert:format", "--alert-format");
  }

  private void capture(Line module) throws ConfigException {
    switch (module.value().replaceFirst("^packet/", "capture/")) {
      case "capture/nfqueue" -> queues(module);
      case "capture/pcap" -> {
        if (!lines.containsKey("capture:interfaces")) {
          throw new ConfigException(
              file, module.number(), "reads a capture file; use tiaki replay for that");
        }
        copy("capture:interfaces", "--interface");
      }
      default ->
          throw new ConfigException(
              file, module.number(), "capture module '" + module.value() + "' is not there");
    }
  }

  /** Haka queues in the raw table what comes in by its interfaces and what goes out by them. */
  private void queues(Line module) throws ConfigException {
    add("--hook", "prerouting", module);
    copy("capture:interfaces", "--guard-interface");
    Line install = lines.get("capture:enable_iptables");
    if (install != null && !isTrue("enable_iptables", install)) {
      entries.add(new Entry("--no-rules", List.of(), install.number()));
    }
    Line threads = lines.get("general:thread");
    if (threads != null) {
      if (!threads.value().matches("[1-9]\\d?")) {
        throw new ConfigException(file, threads.number(), "thread must be a number from 1 to 99");
      }
      int last = Integer.parseInt(threads.value()) - 1;
      add("--queue", last == 0 ? "0" : "0-" + last, threads);
    }
  }

  /** Haka looks at the first letter. */
  private boolean isTrue(String key, Line line) throws ConfigException {
    if (!line.value().matches("(?i)[ytnf10].*")) {
      throw new ConfigException(
          file, line.number(), key + " '" + line.value() + "': must be yes or no");
    }
    return line.value().matches("(?i)[yt1].*");
  }

  private void copy(String key, String option) {
    Line line = lines.get(key);
    if (line != null) {
      add(option, line.value().replace(", ", ","), line);
    }
  }

  private void add(String option, String value, Line line) {
    entries.add(new Entry(option, List.of(value), line.number()));
  }
}
