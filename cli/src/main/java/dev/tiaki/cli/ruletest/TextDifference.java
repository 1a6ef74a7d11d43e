package dev.tiaki.cli.ruletest;

import java.util.List;

/** Where two texts begin to differ. */
final class TextDifference {
  private static final String NOTHING = "(nothing)";

  private TextDifference() {}

  /** Returns the first line that differs, as lines for people; none when the texts are equal. */
  static List<String> first(String file, String expected, String actual) {
    if (expected.equals(actual)) {
      return List.of();
    }
    List<String> wanted = expected.lines().toList();
    List<String> found = actual.lines().toList();
    int line = 0;
    while (at(wanted, line).equals(at(found, line)) && line < wanted.size()) {
      line++;
    }
    if (line == wanted.size() && line == found.size()) {
      return List.of(file + ": the last line ends with an end of line in one of the two alone");
    }
    return List.of(
        file + ":" + (line + 1) + ":",
        "  expected: " + at(wanted, line),
        "  printed:  " + at(found, line));
  }

  private static String at(List<String> lines, int line) {
    return line < lines.size() ? lines.get(line) : NOTHING;
  }
}
