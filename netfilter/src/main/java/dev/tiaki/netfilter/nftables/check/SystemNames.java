package dev.tiaki.netfilter.nftables.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Names that nftables looks up in files of the system. Where a file is missing, every well formed
 * name is taken, because nobody can know.
 */
final class SystemNames {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_+.*-]{0,63}");
  private static final Map<String, Integer> SERVICES = read("/etc/services", 1);
  private static final Map<String, Integer> PROTOCOLS = read("/etc/protocols", 1);
  private static final Map<String, Integer> USERS = colons("/etc/passwd");
  private static final Map<String, Integer> GROUPS = colons("/etc/group");
  private static final Map<String, Integer> REALMS = reversed("/etc/iproute2/rt_realms");
  private static final Map<String, Integer> DEVICE_GROUPS = reversed("/etc/iproute2/group");

  private SystemNames() {}

  /** Tells whether the system has the name. */
  static boolean has(Datatype.Names where, String name) {
    Map<String, Integer> names = names(where);
    return NAME.matcher(name).matches()
        && (names == null || names.isEmpty() || names.containsKey(name));
  }

  /** Returns the number of the name, or null when nobody knows it. */
  static @Nullable Integer number(Datatype.Names where, String name) {
    Map<String, Integer> names = names(where);
    return names == null ? null : names.get(name);
  }

  private static @Nullable Map<String, Integer> names(Datatype.Names where) {
    return switch (where) {
      case SERVICES -> SERVICES;
      case PROTOCOLS -> PROTOCOLS;
      case PASSWD -> USERS;
      case GROUP_NAMES -> GROUPS;
      case RT_REALMS -> REALMS;
      case GROUP -> DEVICE_GROUPS;
      case NONE, ANY, LISTED, DEVICES, CLASSID, TIME, INTERVAL, HOUR, PATH, CONNLABELS -> null;
    };
  }

  /** Lines of a name, a number (with {@code /tcp} perhaps) and more names. */
  private static Map<String, Integer> read(String file, int numberAt) {
    Map<String, Integer> names = new HashMap<>();
    for (String[] words : words(file, "\\s+")) {
      Integer number = words.length > numberAt ? number(words[numberAt]) : null;
      for (int i = 0; number != null && i < words.length; i++) {
        if (i != numberAt) {
          names.put(words[i], number);
        }
      }
    }
    return names;
  }

  private static Map<String, Integer> colons(String file) {
    Map<String, Integer> names = new HashMap<>();
    for (String[] words : words(file, ":")) {
      Integer number = words.length > 2 ? number(words[2]) : null;
      if (number != null) {
        names.put(words[0], number);
      }
    }
    return names;
  }

  private static Map<String, Integer> reversed(String file) {
    Map<String, Integer> names = new HashMap<>();
    for (String[] words : words(file, "\\s+")) {
      Integer number = words.length > 1 ? number(words[0]) : null;
      if (number != null) {
        names.put(words[1], number);
      }
    }
    return names;
  }

  private static @Nullable Integer number(String text) {
    String digits = text.contains("/") ? text.substring(0, text.indexOf('/')) : text;
    return digits.matches("\\d{1,9}") ? Integer.valueOf(digits) : null;
  }

  private static Iterable<String[]> words(String file, String separator) {
    Path path = Path.of(file);
    if (!Files.isReadable(path)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(path, StandardCharsets.ISO_8859_1)) {
      return lines
          .map(line -> line.contains("#") ? line.substring(0, line.indexOf('#')) : line)
          .filter(line -> !line.isBlank())
          .map(line -> line.trim().split(separator, -1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
