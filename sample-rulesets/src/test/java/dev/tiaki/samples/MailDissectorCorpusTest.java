package dev.tiaki.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.traffic.shared.SharedMaterial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The SMTP dissector in Lua over real captures: it reads their dialogues, and never fails. */
class MailDissectorCorpusTest {
  private static List<String> captures() throws IOException {
    try (Stream<Path> files = Files.walk(SharedMaterial.orSkip("corpus/pcaps"))) {
      return files
          .map(Path::toString)
          .filter(name -> name.toLowerCase(Locale.ROOT).contains("smtp"))
          .filter(name -> name.matches(".*\\.(pcap|pcapng|trace|cap)"))
          .sorted()
          .toList();
    }
  }

  @Test
  void real_dialogues_are_read_without_an_error() throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "replay",
                "--stats",
                "none",
                "-r",
                Path.of(System.getProperty("tiaki.root", ".."))
                    .resolve("sample-rulesets/mail-dissector/rules.lua")
                    .toString()));
    List<String> captures = captures();
    assertThat(captures).hasSizeGreaterThan(20);
    arguments.addAll(captures);
    List<String> lines =
        SampleRulesetsTest.tiaki(arguments.toArray(String[]::new)).lines().toList();
    assertThat(lines).noneMatch(line -> line.matches("(error|fatal) .*"));
    assertThat(lines).filteredOn(line -> line.startsWith("> ")).hasSizeGreaterThan(100);
    assertThat(lines).filteredOn(line -> line.startsWith("< ")).hasSizeGreaterThan(100);
    assertThat(lines).contains("= from here on TLS");
  }
}
