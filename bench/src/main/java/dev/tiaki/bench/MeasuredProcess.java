package dev.tiaki.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs a command to its end and tells the processor time that it took.
 *
 * <p>The time is the shell's own {@code times} of its finished children, user and system together,
 * so that the threads of collectors and compilers count as well.
 */
final class MeasuredProcess {
  // "children: 0m1.234s 0m0.056s" is the second line of times
  private static final Pattern TIMES = Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s\\s*$");

  private MeasuredProcess() {}

  /**
   * What a command did.
   *
   * @param cpuSeconds user and system time
   * @param output what it wrote to standard output
   * @param errors what it wrote to standard error
   */
  record Outcome(double cpuSeconds, String output, String errors) {}

  /** Runs {@code command}; throws when it fails. */
  static Outcome run(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("bench", ".out");
    Path errors = Files.createTempFile("bench", ".err");
    Path times = Files.createTempFile("bench", ".times");
    try {
      List<String> shell = new ArrayList<>(List.of("bash", "-c"));
      shell.add("\"$@\" >'%s' 2>'%s'; s=$?; times >'%s'; exit $s".formatted(output, errors, times));
      shell.add("measured");
      shell.addAll(command);
      int status = new ProcessBuilder(shell).inheritIO().start().waitFor();
      String err = Files.readString(errors);
      if (status != 0) {
        throw new IOException(String.join(" ", command) + " ended with " + status + ": " + err);
      }
      return new Outcome(seconds(Files.readString(times)), Files.readString(output), err);
    } finally {
      Files.deleteIfExists(output);
      Files.deleteIfExists(errors);
      Files.deleteIfExists(times);
    }
  }

  private static double seconds(String times) throws IOException {
    Matcher matcher = TIMES.matcher(times);
    if (!matcher.find()) {
      throw new IOException("cannot read times=" + times);
    }
    return 60 * Double.parseDouble(matcher.group(1))
        + Double.parseDouble(matcher.group(2))
        + 60 * Double.parseDouble(matcher.group(3))
        + Double.parseDouble(matcher.group(4));
  }
}
