package dev.tiaki.netfilter.conntrack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The names that an administrator gave to labels, {@code connlabel.conf}: a number and a name on
 * each line, {@code #} begins a comment.
 *
 * @param byBit the names
 */
public record LabelNames(Map<Integer, String> byBit) {
  /** Where iptables and conntrack(8) look for them. */
  public static final Path SYSTEM_FILE = Path.of("/etc/xtables/connlabel.conf");

  /** No names. */
  public static final LabelNames NONE = new LabelNames(Map.of());

  /** Copies the map. */
  public LabelNames {
    byBit = Map.copyOf(byBit);
  }

  /** Returns the names of {@link #SYSTEM_FILE}, none when there is no such file. */
  public static LabelNames ofSystem() throws IOException {
    return Files.exists(SYSTEM_FILE) ? read(SYSTEM_FILE) : NONE;
  }

  /**
   * Reads a file.
   *
   * @throws IOException when it cannot be read, or names the line that is wrong
   */
  public static LabelNames read(Path file) throws IOException {
    Map<Integer, String> names = new HashMap<>();
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceFirst("#.*", "").strip();
      if (line.isEmpty()) {
        continue;
      }
      String[] words = line.split("\\s+", -1);
      if (words.length != 2 || !words[0].matches("\\d{1,3}") || !isLabel(words[0])) {
        throw new IOException(
            file + ":" + (i + 1) + ": a label's number from 0 to 127 and its name expected");
      }
      names.put(Integer.parseInt(words[0]), words[1]);
    }
    return new LabelNames(names);
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": there is no such file", e);
    }
  }

  private static boolean isLabel(String number) {
    return Integer.parseInt(number) < Labels.COUNT;
  }

  /**
   * Returns the label that {@code text} names, or is the number of.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public int bit(String text) {
    for (Map.Entry<Integer, String> name : byBit.entrySet()) {
      if (name.getValue().equals(text)) {
        return name.getKey();
      }
    }
    if (text.matches("\\d{1,3}") && isLabel(text)) {
      return Integer.parseInt(text);
    }
    throw new IllegalArgumentException("no such label: " + text);
  }

  /** Returns the labels separated by commas, each by its name or else its number. */
  public String text(Labels labels) {
    return labels.bits().stream()
        .mapToObj(bit -> byBit.getOrDefault(bit, Integer.toString(bit)))
        .collect(Collectors.joining(","));
  }
}
