package dev.tiaki.cli.ctl;

import dev.tiaki.cli.command.CommandLines;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Runs a command of the program in this process. */
final class Tiaki {
  private Tiaki() {}

  /** What came of it. */
  record Outcome(int status, String output, String errors) {}

  static Outcome run(String... arguments) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    CommandLine line = CommandLines.create();
    line.setOut(new PrintWriter(output));
    line.setErr(new PrintWriter(errors));
    int status = line.execute(arguments);
    return new Outcome(status, output.toString(), errors.toString());
  }
}
