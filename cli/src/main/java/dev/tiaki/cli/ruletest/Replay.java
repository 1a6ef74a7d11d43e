package dev.tiaki.cli.ruletest;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@code tiaki replay} in a process of its own, with the options of this JVM. */
final class Replay {
  private static final String PROGRAM = "dev.tiaki.cli.Tiaki";

  private Replay() {}

  /**
   * How it ended.
   *
   * @param status its exit status
   * @param output its standard output, a character a byte
   * @param errors its standard error
   */
  record Outcome(int status, String output, String errors) {}

  /**
   * Runs it to its end; times are written in UTC.
   *
   * @param folder where it runs
   * @param words what stands behind {@code tiaki replay}
   */
  static Outcome run(Path folder, List<String> words) throws IOException {
    List<String> command = program();
    command.add("replay");
    command.addAll(words);
    Path errors = Files.createTempFile("tiaki-test", ".txt");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().put("TZ", "UTC");
      Process process = builder.redirectError(errors.toFile()).start();
      process.getOutputStream().close();
      byte[] output = process.getInputStream().readAllBytes();
      int status = process.waitFor();
      return new Outcome(
          status, new String(output, StandardCharsets.ISO_8859_1), Files.readString(errors));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      Files.delete(errors);
    }
  }

  private static List<String> program() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    String classPath = System.getProperty("java.class.path");
    if (classPath.endsWith(".jar") && !classPath.contains(System.getProperty("path.separator"))) {
      command.addAll(List.of("-jar", Path.of(classPath).toAbsolutePath().toString()));
    } else {
      command.addAll(List.of("-cp", classPath, PROGRAM));
    }
    return command;
  }
}
