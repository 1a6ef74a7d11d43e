package dev.tiaki.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.traffic.Trace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each folder here is a golden case: {@code rules.lua}, {@code capture.pcap} (what {@link
 * SampleCaptures} generates), {@code expected.txt} (what {@code tiaki replay} prints), and where
 * the rules change the traffic {@code delivered.txt} (the streams that leave). {@code
 * -Dgolden.update=true} writes captures and texts anew.
 */
class SampleRulesetsTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("tiaki.root", "..")).resolve("sample-rulesets");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");

  @Test
  void every_folder_with_rules_has_a_generated_capture_and_a_page() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      List<String> withRules =
          folders
              .filter(folder -> Files.exists(folder.resolve("rules.lua")))
              .map(folder -> folder.getFileName().toString())
              .toList();
      assertThat(withRules).containsExactlyInAnyOrderElementsOf(SampleCaptures.all().keySet());
      assertThat(withRules).hasSizeGreaterThanOrEqualTo(8);
      assertThat(withRules)
          .allSatisfy(name -> assertThat(FOLDER.resolve(name).resolve("README.md")).exists());
    }
  }

  @TestFactory
  Stream<DynamicTest> the_capture_is_what_the_code_generates() {
    return SampleCaptures.all().entrySet().stream()
        .map(sample ->
            DynamicTest.dynamicTest(
                sample.getKey(), () -> captureOf(sample.getKey(), sample.getValue())));
  }

  private static void captureOf(String name, Supplier<Trace> generator) throws IOException {
    Path capture = FOLDER.resolve(name).resolve("capture.pcap");
    byte[] generated = generator.get().toPcap();
    if (UPDATE) {
      Files.write(capture, generated);
    }
    assertThat(Files.readAllBytes(capture)).isEqualTo(generated);
  }

  @Test
  void tiaki_test_finds_in_every_folder_what_is_expected() throws Exception {
    List<String> words = new ArrayList<>(List.of("test", FOLDER.toString()));
    if (UPDATE) {
      words.add("--update");
    }
    assertThat(tiaki(words.toArray(new String[0])))
        .endsWith(SampleCaptures.all().size() + " tests, 0 failed\n");
  }

  @TestFactory
  Stream<DynamicTest> what_does_not_pass_is_explained() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      List<String> explained =
          folders
              .filter(folder -> Files.exists(folder.resolve("explained.txt")))
              .map(folder -> folder.getFileName().toString())
              .sorted()
              .toList();
      assertThat(explained).contains("drop-reasons", "keyword-guard");
      return explained.stream().map(name -> DynamicTest.dynamicTest(name, () -> explained(name)));
    }
  }

  private static void explained(String name) throws IOException, InterruptedException {
    Path folder = FOLDER.resolve(name);
    String text =
        tiaki(
            "replay",
            "--explain",
            "--enforce",
            "-r",
            folder.resolve("rules.lua").toString(),
            "--alerts",
            "/dev/null",
            "--stats",
            "none",
            "-l",
            "fatal",
            folder.resolve("capture.pcap").toString());
    compare(folder.resolve("explained.txt"), text.replace(folder + "/", ""));
  }

  private static void compare(Path expected, String actual) throws IOException {
    if (UPDATE) {
      Files.writeString(expected, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(expected));
  }

  static String tiaki(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-exports",
                "java.base/jdk.internal.vm=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tiaki.cli.Tiaki"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("TZ", "UTC"); // alerts carry local time
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(process.waitFor()).as(String.join(" ", command) + "\n" + output).isZero();
    return output;
  }
}
