package dev.tiaki.cli.conntrack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.tiaki.cli.command.CommandLines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands over a table in a network namespace of the test's own. */
class ConntrackCommandsTest {
  private static final String[] FLOW = {
    "-p", "tcp", "-s", "192.0.2.1", "-d", "192.0.2.2", "--sport", "40000", "--dport", "80"
  };

  private final String namespace = "tiaki-cli-" + ProcessHandle.current().pid();
  private boolean made;
  @TempDir private Path folder;

  @BeforeEach
  void makeNamespace() throws Exception {
    if (!"root".equals(System.getProperty("user.name"))) {
      if (System.getenv("CI") != null) {
        fail("CI runs every test, but network namespaces need root");
      }
      Assumptions.abort("skipped: network namespaces need root");
    }
    assertThat(ip("add")).isZero();
    made = true;
  }

  @AfterEach
  void removeNamespace() throws Exception {
    if (made) {
      assertThat(ip("del")).isZero();
    }
  }

  private int ip(String verb) throws IOException, InterruptedException {
    return new ProcessBuilder("ip", "netns", verb, namespace).inheritIO().start().waitFor();
  }

  private record Outcome(int status, String output, String errors) {}

  private Outcome run(List<String> words, String... more) {
    List<String> arguments = new ArrayList<>(words);
    arguments.addAll(List.of(more));
    arguments.add("--netns");
    arguments.add(namespace);
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    CommandLine line =
        CommandLines.create().setOut(new PrintWriter(output)).setErr(new PrintWriter(errors));
    int status = line.execute(arguments.toArray(String[]::new));
    return new Outcome(status, output.toString(), errors.toString());
  }

  private Outcome conntrack(String verb, String... more) {
    return run(List.of("conntrack", verb), more);
  }

  private static String[] with(String[] words, String... more) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private void makeFlow() {
    Outcome made = conntrack("create", with(FLOW, "-t", "1000", "--state", "ESTABLISHED"));
    assertThat(made.errors()).isEmpty();
    assertThat(made.status()).isZero();
  }

  @Test
  void a_flow_is_made_shown_changed_counted_and_deleted() {
    makeFlow();
    assertThat(conntrack("list").output())
        .contains("ESTABLISHED", "192.0.2.1:40000", "192.0.2.2:80");
    assertThat(conntrack("get", with(FLOW, "--json")).output())
        .contains("\"state\":\"ESTABLISHED\"", "\"sport\":40000");
    assertThat(conntrack("update", "-p", "tcp", "--set-mark", "0x10/0xf0").output())
        .contains("1 updated");
    assertThat(conntrack("list", "--mark", "0x10/0xf0", "--lines").output()).contains("mark=16");
    assertThat(conntrack("count").output().strip()).isEqualTo("1");
    assertThat(conntrack("stats").output()).startsWith("entries 1 of ");
    assertThat(conntrack("delete", "--dport", "81").status()).isEqualTo(1);
    assertThat(conntrack("delete", "--dport", "80").output()).contains("1 deleted");
    assertThat(conntrack("count").output().strip()).isEqualTo("0");
    assertThat(conntrack("get", FLOW).status()).isEqualTo(1);
  }

  @Test
  void what_was_saved_is_loaded_again() throws IOException {
    makeFlow();
    Path saved = folder.resolve("saved");
    Files.writeString(saved, conntrack("list", "--save").output());
    conntrack("flush");
    assertThat(conntrack("load", saved.toString()).output()).isEqualTo("1 created, 0 existed\n");
    assertThat(conntrack("load", saved.toString()).output()).isEqualTo("0 created, 1 existed\n");
    assertThat(conntrack("list", "--state", "ESTABLISHED", "--json").output().lines()).hasSize(1);
  }

  @Test
  void translated_flows_are_made_and_found_by_their_new_address() {
    String[] twin = {
      "-p", "tcp", "-s", "192.0.2.1", "-d", "192.0.2.9", "--sport", "40001", "--dport", "80"
    };
    makeFlow();
    Outcome made =
        conntrack("create", with(twin, "-t", "99", "-n", "198.51.100.1:999", "-g", "203.0.113.5"));
    assertThat(made.errors()).isEmpty();
    assertThat(conntrack("list").output())
        .contains("203.0.113.5:80 198.51.100.1:999"); // where the answers come from and go to
    assertThat(conntrack("count", "-n").output()).isEqualTo("1\n");
    assertThat(conntrack("count", "-n", "198.51.100.0/24").output()).isEqualTo("1\n");
    assertThat(conntrack("count", "-n", "198.51.101.0/24").output()).isEqualTo("0\n");
    assertThat(conntrack("count", "-g", "203.0.113.5").output()).isEqualTo("1\n");
    assertThat(conntrack("count", "-j", "203.0.113.5", "-p", "tcp").output()).isEqualTo("1\n");
    assertThat(conntrack("create", with(twin, "-t", "9", "-n")).status()).isEqualTo(2);
  }

  @Test
  void a_flush_with_a_filter_leaves_the_rest() {
    makeFlow();
    conntrack(
        "create",
        "-p",
        "udp",
        "-s",
        "192.0.2.1",
        "-d",
        "192.0.2.2",
        "--sport",
        "1",
        "--dport",
        "2",
        "-t",
        "100",
        "--mark",
        "7");
    assertThat(conntrack("flush", "--mark", "7").output()).isEmpty();
    assertThat(conntrack("list", "--json").output().lines())
        .singleElement()
        .asString()
        .contains("tcp");
    assertThat(conntrack("flush", "-s", "192.0.2.1").status()).isZero();
    assertThat(conntrack("count").output()).isEqualTo("0\n");
    assertThat(conntrack("flush", "--expect").status()).isZero();
    assertThat(conntrack("list", "--expect").output()).isEmpty();
    assertThat(conntrack("list", "--dying").output().lines()).hasSize(1);
    assertThat(conntrack("delete", "--expect").errors()).contains("--id");
    assertThat(conntrack("delete", "--expect", "--id", "5").output()).isEqualTo("0 deleted\n");
  }

  @Test
  void labels_have_the_names_of_their_map() throws Exception {
    Path map = Files.writeString(folder.resolve("map"), "3 web\n");
    Path rules =
        Files.writeString(
            folder.resolve("rules"),
            "add table t\nadd chain t c\n"
                + "add rule t c ct label set 3\n"); // makes room for labels in entries
    assertThat(
            new ProcessBuilder("ip", "netns", "exec", namespace, "nft", "-f", rules.toString())
                .inheritIO()
                .start()
                .waitFor())
        .isZero();
    makeFlow();
    String file = map.toString();
    conntrack("update", "-p", "tcp", "--set-label", "web", "--set-label", "9", "--labelmap", file);
    assertThat(conntrack("list", "-l", "web", "--labelmap", file, "--labels").output())
        .contains("labels=web,9");
    assertThat(conntrack("list", "-l", "3", "-l", "9", "--json").output()).contains("[3,9]");
    assertThat(conntrack("list", "-l", "mail", "--labelmap", file).errors())
        .contains("no such label: mail");
    assertThat(conntrack("list", "--labelmap", folder.resolve("none").toString()).status())
        .isEqualTo(1);
  }

  @Test
  void stats_remembers_in_a_file() throws IOException {
    String history = folder.resolve("history").toString();
    makeFlow();
    withInput("{\"action\":\"stats\"}", "read", "--history", history);
    assertThat(Files.readString(Path.of(history))).matches("(\\d+ 1\n)+");
    Files.writeString(Path.of(history), "100 5\n");
    assertThat(
            withInput("{\"action\":\"stats\",\"time\":99999999999}", "read", "--history", history)
                .output())
        .contains("[100,5],");
    Files.writeString(Path.of(history), "no history\n");
    Outcome wrong = withInput("{\"action\":\"stats\"}", "read", "--history", history);
    assertThat(wrong.status()).isEqualTo(1);
    assertThat(wrong.errors()).contains(history + ":1");
    assertThat(wrong.output()).contains("GenericError");
  }

  @Test
  void wrong_usage_is_said_with_status_2() {
    assertThat(conntrack("list", "-s", "192.0.2").status()).isEqualTo(2);
    assertThat(conntrack("list", "--dport", "65536").errors()).contains("65536");
    assertThat(conntrack("list", "-p", "nope").errors()).contains("unknown protocol: nope");
    assertThat(conntrack("list", "-s", "192.0.2.0/33").errors()).contains("from 0 to 32");
    assertThat(conntrack("create", with(FLOW, "-t", "9", "--state", "FOO")).errors())
        .contains("unknown state of tcp: FOO");
    assertThat(conntrack("get", "-p", "50", "-s", "192.0.2.1", "-d", "2001:db8::1").errors())
        .contains("two families");
    assertThat(conntrack("load", "nowhere").errors()).contains("nowhere: there is no such file");
    assertThat(conntrack("get", FLOW).errors())
        .contains("no such conntrack entry: tcp 192.0.2.1:40000 -> 192.0.2.2:80");
    assertThat(conntrack("delete").errors()).contains("flush");
    assertThat(conntrack("update").status()).isEqualTo(2);
  }

  @Test
  void the_connections_api_answers_on_standard_output() {
    makeFlow();
    Outcome read =
        withInput("{\"action\":\"conntrack\",\"expand\":1}", "read", "--zone", "loc=192.0.2.1/32");
    assertThat(read.status()).isZero();
    assertThat(read.output()).contains("\"src_zone\":\"loc\"", "\"dst_zone\":\"net\"");
    Outcome bad = withInput("{\"action\":\"connection\",\"protocol\":\"tcp\"}", "delete");
    assertThat(bad.status()).isEqualTo(1);
    assertThat(bad.output()).contains("\"NotValid\"");
    assertThat(withInput("no json", "read").output()).contains("no_json_data_available");
    assertThat(withInput("{\"action\":\"flush\"}", "delete").output().strip())
        .isEqualTo("{\"state\":\"success\"}");
  }

  @Test
  void without_a_table_the_api_still_answers_in_its_own_shape() throws Exception {
    assertThat(ip("del")).isZero();
    made = false;
    Outcome gone = withInput("{\"action\":\"conntrack\"}", "read");
    assertThat(gone.status()).isEqualTo(1);
    assertThat(gone.output()).contains("\"GenericError\"", "generic_error");
    assertThat(gone.errors()).contains(namespace);
    assertThat(withInput("{}", "read", "--zone", "loc").status()).isEqualTo(2);
  }

  private Outcome withInput(String json, String... words) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    try {
      return run(List.of("connections"), words);
    } finally {
      System.setIn(before);
    }
  }
}
