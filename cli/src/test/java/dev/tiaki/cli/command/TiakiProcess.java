package dev.tiaki.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the program as a user does, in a process of its own. */
final class TiakiProcess {
  private static final long PATIENCE_SECONDS = 300;

  private final Path folder;

  /** Runs it in {@code folder}. */
  TiakiProcess(Path folder) {
    this.folder = folder;
  }

  /** What came of one run. */
  record Outcome(int status, String output, String errors) {}

  Outcome run(String... arguments) throws IOException, InterruptedException {
    return runIn(folder, arguments);
  }

  /** Runs it in another folder; what it writes to its outputs still stands in the first. */
  Outcome runIn(Path place, String... arguments) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", "");
    Path errors = Files.createTempFile(folder, "errors", "");
    Process process = start(place, List.of(arguments), output, errors);
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running: " + List.of(arguments));
    }
    return new Outcome(
        process.exitValue(),
        Files.readString(output, StandardCharsets.ISO_8859_1),
        Files.readString(errors));
  }

  Process start(List<String> arguments, Path output, Path errors) throws IOException {
    return start(folder, arguments, output, errors);
  }

  private static Process start(Path place, List<String> arguments, Path output, Path errors)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.tiaki.cli.Tiaki"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(place.toFile());
    builder.environment().put("TZ", "UTC");
    builder.redirectOutput(output.toFile());
    builder.redirectError(errors.toFile());
    return builder.start();
  }
}
