package dev.tiaki.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LuaReferenceCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter errors = new StringWriter();

  private int run(String... arguments) {
    CommandLine line = CommandLines.create();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(errors));
    return line.execute(arguments);
  }

  @Test
  void definitions_and_pages_are_written(@TempDir Path folder) {
    Path definitions = folder.resolve("definitions");
    Path pages = folder.resolve("pages");
    int status = run("lua-reference", "--definitions", "" + definitions, "--pages", "" + pages);
    assertThat(status).isZero();
    assertThat(Files.exists(definitions.resolve("tcp_connection.lua"))).isTrue();
    assertThat(pages.resolve("tcp_connection.md")).content().contains("`:drop()`");
    assertThat(out.toString()).contains(" definitions in " + definitions);
  }

  @Test
  void it_must_be_told_what_to_write() {
    assertThat(run("lua-reference")).isEqualTo(ExitStatus.USAGE);
    assertThat(errors.toString()).contains("--definitions or --pages is missing");
  }
}
