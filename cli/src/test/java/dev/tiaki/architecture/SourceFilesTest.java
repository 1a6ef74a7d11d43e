package dev.tiaki.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for every source file of the repository, whichever module it is in. */
class SourceFilesTest {
  private static final Path ROOT = Path.of(System.getProperty("tiaki.root", "..")).normalize();
  private static final int MAX_LINES = 600;

  private static List<Path> files(Pattern name) throws IOException {
    try (Stream<Path> walk = Files.walk(ROOT)) {
      return walk.filter(Files::isRegularFile)
          .filter(file -> !ROOT.relativize(file).toString().matches("(.*/)?(target|\\.git)/.*"))
          .filter(file -> name.matcher(file.getFileName().toString()).matches())
          .toList();
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void no_source_file_is_longer_than_600_lines() throws IOException {
    List<Path> sources = files(Pattern.compile(".*\\.(java|lua|sh)"));
    assertThat(sources).isNotEmpty();
    assertThat(sources).filteredOn(file -> lines(file) > MAX_LINES).isEmpty();
  }

  @Test
  void every_package_of_production_code_says_what_it_owns() throws IOException {
    List<Path> packages =
        files(Pattern.compile(".*\\.java")).stream()
            .filter(file -> file.toString().contains("/src/main/java/"))
            .map(Path::getParent)
            .distinct()
            .toList();
    assertThat(packages).isNotEmpty();
    assertThat(packages)
        .filteredOn(folder -> !Files.exists(folder.resolve("package-info.java")))
        .isEmpty();
  }

  @Test
  void no_class_hides_what_it_does_behind_an_empty_name() throws IOException {
    assertThat(files(Pattern.compile(".*(Manager|Helper|Utils?|Impl)\\.java"))).isEmpty();
  }
}
