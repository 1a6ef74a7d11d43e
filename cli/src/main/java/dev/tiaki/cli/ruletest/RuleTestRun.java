package dev.tiaki.cli.ruletest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs tests of rules. The captures of a folder are replayed, with verdicts and edits carried out,
 * from the folder above it, so that the texts name {@code FOLDER/rules.lua}. Compared are
 *
 * <ul>
 *   <li>{@code expected.txt}: what the replay prints, that is what rules print, alerts and the log;
 *   <li>{@code delivered.txt}, if it is there: the streams that leave.
 * </ul>
 *
 * @param update whether these files are written anew instead
 */
public record RuleTestRun(boolean update) {
  private static final String EXPECTED = "expected.txt";
  private static final String DELIVERED = "delivered.txt";

  /**
   * How a test ended.
   *
   * @param test the test
   * @param problems what is not as expected, for people; empty when it passed
   */
  public record Result(RuleTest test, List<String> problems) {
    /** Tells whether everything was as expected. */
    public boolean isPassed() {
      return problems.isEmpty();
    }
  }

  /** Runs one test; any thread. */
  public Result run(RuleTest test) {
    try {
      Path temporary = Files.createTempDirectory("tiaki-test");
      try {
        return new Result(test, problems(test, temporary));
      } finally {
        remove(temporary);
      }
    } catch (IOException e) {
      return new Result(test, List.of(String.valueOf(e.getMessage())));
    }
  }

  private List<String> problems(RuleTest test, Path temporary) throws IOException {
    Path packets = temporary.resolve("left.pcap");
    boolean delivers = Files.exists(test.folder().resolve(DELIVERED));
    Path above = test.folder().resolve("..").normalize();
    Replay.Outcome outcome = Replay.run(above, words(test, delivers ? packets : null));
    if (outcome.status() != 0) {
      return Stream.concat(
              Stream.of("the replay ended with status " + outcome.status() + ":"),
              outcome.errors().lines())
          .toList();
    }
    List<String> problems = new ArrayList<>();
    compare(test, EXPECTED, outcome.output(), problems);
    if (delivers) {
      compare(test, DELIVERED, DeliveredStreams.of(packets, temporary), problems);
    }
    return problems;
  }

  private static List<String> words(RuleTest test, @Nullable Path packets) throws IOException {
    List<String> options = test.options();
    List<String> words = new ArrayList<>(List.of("-r", test.rules(), "--stats", "none"));
    if (packets != null) {
      words.addAll(List.of("-o", packets.toString()));
    } else if (!options.contains("--observe")) {
      words.add("--enforce");
    }
    words.addAll(options);
    words.addAll(test.captures());
    return words;
  }

  private void compare(RuleTest test, String name, String actual, List<String> problems)
      throws IOException {
    Path file = test.folder().resolve(name);
    if (update) {
      Files.writeString(file, actual, StandardCharsets.ISO_8859_1);
    } else if (!Files.exists(file)) {
      problems.add(name + " is not there; --update writes it");
    } else {
      String expected = Files.readString(file, StandardCharsets.ISO_8859_1);
      problems.addAll(TextDifference.first(name, expected, actual));
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
