package dev.tiaki.cli.nft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiaki.cli.command.CommandLines;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class NftCommandsTest {
  private static final String DOCUMENT =
      """
      {"nftables": [
        {"add": {"table": {"family": "inet", "name": "t"}}},
        {"add": {"chain": {"family": "inet", "table": "t", "name": "c", "type": "filter",
                           "hook": "input", "prio": 0, "policy": "accept"}}},
        {"add": {"rule": {"family": "inet", "table": "t", "chain": "%s", "expr": [
          {"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}},
                     "right": 22}},
          {"accept": null}]}}}]}
      """;

  @TempDir private Path folder;

  private record Outcome(int status, String output, String errors) {}

  private static Outcome run(String... words) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    CommandLine line = CommandLines.create();
    line.setOut(new PrintWriter(output));
    line.setErr(new PrintWriter(errors));
    List<String> arguments = new ArrayList<>(List.of("nft"));
    arguments.addAll(List.of(words));
    int status = line.execute(arguments.toArray(String[]::new));
    return new Outcome(status, output.toString(), errors.toString());
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  @Test
  void check_prints_one_line_of_json_for_each_file() throws Exception {
    String good = file("good.json", DOCUMENT.formatted("c"));
    String bad = file("bad.json", DOCUMENT.formatted("c").replace("\"prio\"", "\"priority\""));
    String broken = file("broken.json", "{\"nftables\": [");
    String missing = folder.resolve("missing.json").toString();

    Outcome outcome = run("check", "--json", "--nft-version", "1.0.6", good, bad, broken, missing);

    assertThat(outcome.status()).isEqualTo(1);
    List<JsonNode> lines = new ArrayList<>();
    for (String line : outcome.output().strip().split("\n")) {
      lines.add(new ObjectMapper().readTree(line));
    }
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0).toString())
        .isEqualTo(
            "{\"file\":\"%s\",\"valid\":true,\"command\":null,\"pointer\":null,\"reason\":null}"
                .formatted(good));
    assertThat(lines.get(1).path("valid").asBoolean()).isFalse();
    assertThat(lines.get(1).path("command").asInt()).isEqualTo(1);
    assertThat(lines.get(1).path("pointer").asText()).startsWith("/nftables/1/add/chain");
    assertThat(lines.get(1).path("reason").asText()).contains("prio");
    assertThat(lines.get(2).path("command").isNull()).isTrue();
    assertThat(lines.get(2).path("reason").asText()).contains("no JSON");
    assertThat(lines.get(3).path("reason").asText()).isEqualTo("there is no such file");
  }

  @Test
  void check_of_what_is_valid_ends_with_status_zero() throws Exception {
    Outcome outcome = run("check", file("good.json", DOCUMENT.formatted("c")));

    assertThat(outcome.output()).endsWith("good.json: valid\n");
    assertThat(outcome.status()).isZero();
  }

  @Test
  void a_release_that_is_none_is_wrong_usage() throws Exception {
    Outcome outcome = run("check", "--nft-version", "new", file("a.json", "{}"));

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.errors()).contains("'new' is no release such as 1.0.6");
  }

  @Test
  void a_document_is_applied_listed_and_compared() throws Exception {
    try (Namespace namespace = Namespace.create()) {
      String in = "--netns=" + namespace.name();
      String good = file("good.json", DOCUMENT.formatted("c"));
      assertThat(run("diff", in, good).status()).isEqualTo(1);

      assertThat(run("apply", in, "--dry-run", good).output())
          .isEqualTo("3 commands would be done\n");
      assertThat(run("list", in).output()).isEmpty();
      assertThat(run("apply", in, good).output()).isEqualTo("3 commands done\n");

      assertThat(run("list", in, "inet", "t").output())
          .startsWith(
              "table inet t\n  chain c (filter at input, priority 0, policy accept)\n    rule ");
      assertThat(run("diff", in, good)).isEqualTo(new Outcome(0, "", ""));
      String listed = file("listed.json", run("list", in, "--json").output());
      assertThat(run("diff", good, listed)).isEqualTo(new Outcome(0, "", ""));
      String other = file("other.json", DOCUMENT.formatted("c").replace("22", "80"));
      assertThat(run("diff", other, listed).output()).contains("- rule ").contains("+ rule: ");
      assertThat(run("apply", in, "--difference", other).status()).isZero();
      assertThat(run("diff", in, other).status()).isZero();
    }
  }

  @Test
  void a_refusal_names_the_command_and_what_the_kernel_said() throws Exception {
    try (Namespace namespace = Namespace.create()) {
      String in = "--netns=" + namespace.name();

      Outcome outcome = run("apply", in, file("bad.json", DOCUMENT.formatted("absent")));

      assertThat(outcome.status()).isEqualTo(1);
      assertThat(outcome.errors())
          .isEqualTo(
              "tiaki nft apply: command 2, /nftables/2/add/rule: Could not process rule:"
                  + " No such file or directory\n");
      assertThat(run("list", in).output()).isEmpty();
      assertThat(run("list", in, "inet", "t").errors()).contains("there is no table inet t");
    }
  }

  @Test
  void features_are_asked_of_the_kernel() throws Exception {
    try (Namespace namespace = Namespace.create()) {
      Outcome outcome = run("features", "--netns=" + namespace.name(), "--json");

      JsonNode facts = new ObjectMapper().readTree(outcome.output());
      assertThat(facts.path("version").asText()).matches("\\d+\\.\\d+\\.\\d+");
      assertThat(facts.path("documents").path("the command destroy").asText())
          .matches("yes|no \\(since 1\\.0\\.7\\)");
      assertThat(facts.path("kernel").path("ct").asText()).isEqualTo("yes");
      assertThat(facts.path("kernel").path("queue").asText()).matches("yes|no \\(.+\\)");
    }
  }

  private record Namespace(String name) implements AutoCloseable {
    static Namespace create() throws IOException, InterruptedException {
      if (!"root".equals(System.getProperty("user.name"))) {
        if (System.getenv("CI") != null) {
          fail("CI runs every test, but network namespaces need root");
        }
        Assumptions.abort("skipped: network namespaces need root");
      }
      Namespace namespace = new Namespace("tiaki-nft-" + ProcessHandle.current().pid());
      assertThat(namespace.ip("add")).isZero();
      return namespace;
    }

    private int ip(String verb) throws IOException, InterruptedException {
      return new ProcessBuilder("ip", "netns", verb, name).inheritIO().start().waitFor();
    }

    @Override
    public void close() throws Exception {
      assertThat(ip("del")).isZero();
    }
  }
}
