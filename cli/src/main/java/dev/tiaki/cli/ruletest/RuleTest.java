package dev.tiaki.cli.ruletest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A test of rules: a folder.
 *
 * @param folder with {@code rules.lua}, captures, and the files of {@link RuleTestRun}
 */
public record RuleTest(Path folder) {
  private static final String RULES = "rules.lua";
  private static final String OPTIONS = "options.txt";

  /** Returns the tests in a folder and in all folders below it, by name. */
  public static List<RuleTest> in(Path folder) throws IOException {
    List<RuleTest> tests = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(folder.toAbsolutePath().normalize())) {
      for (Path path : paths.filter(Files::isDirectory).sorted().toList()) {
        RuleTest test = new RuleTest(path);
        if (Files.exists(path.resolve(RULES)) && !test.captures().isEmpty()) {
          tests.add(test);
        }
      }
    }
    return tests;
  }

  /** Returns the name of the folder. */
  public String name() {
    return String.valueOf(folder.getFileName());
  }

  /** Returns the rule file, from the folder above. */
  String rules() {
    return name() + "/" + RULES;
  }

  /** Returns the captures, by name, from the folder above. */
  List<String> captures() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(file -> file.matches(".+\\.pcap(ng)?(\\.gz)?"))
          .sorted()
          .map(file -> name() + "/" + file)
          .toList();
    }
  }

  /** Returns the words of {@code options.txt}, without its comments. */
  List<String> options() throws IOException {
    Path file = folder.resolve(OPTIONS);
    if (!Files.exists(file)) {
      return List.of();
    }
    return Files.readAllLines(file).stream()
        .map(line -> line.replaceAll("#.*", "").strip())
        .filter(line -> !line.isEmpty())
        .flatMap(line -> Stream.of(line.split("\\s+", -1)))
        .toList();
  }
}
