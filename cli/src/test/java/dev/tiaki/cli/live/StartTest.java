package dev.tiaki.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.cli.lab.EchoLoad;
import dev.tiaki.cli.lab.Lab;
import dev.tiaki.cli.lab.NotifySocket;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tiaki run} says when it cannot start, and what it leaves alone then. */
class StartTest {
  private static final List<String> WITHOUT_RIGHTS =
      List.of("setpriv", "--inh-caps=-all", "--bounding-set=-all");

  @TempDir Path folder;
  private Lab lab;
  private Path output;

  @BeforeEach
  void raise() throws IOException {
    lab = Lab.up("iptables-restore", "ip6tables-restore", "setpriv");
    output = folder.resolve("output");
    Files.writeString(folder.resolve("rules.lua"), "print('loaded')");
  }

  @AfterEach
  void lower() {
    lab.close();
  }

  private String[] words(String... more) {
    String[] words = new String[3 + more.length];
    words[0] = "run";
    words[1] = "-r";
    words[2] = folder.resolve("rules.lua").toString();
    System.arraycopy(more, 0, words, 3, more.length);
    return words;
  }

  private String ended(Process tiaki, int status) throws Exception {
    assertThat(tiaki.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String printed = Files.readString(output, StandardCharsets.ISO_8859_1);
    assertThat(tiaki.exitValue()).as(printed).isEqualTo(status);
    return printed;
  }

  @Test
  void without_rights_one_line_says_which_and_how_to_get_them() throws Exception {
    assertThat(ended(lab.tiakiUnder(WITHOUT_RIGHTS, output, words()), 1))
        .isEqualTo(
            "tiaki run: no CAP_NET_ADMIN and no CAP_NET_RAW; run it as root, as root with"
                + " TIAKI_USER=NAME, or by systemd (packaging/tiaki.service)\n");
    assertThat(ended(lab.tiakiUnder(WITHOUT_RIGHTS, output, words("-i", "up0")), 1))
        .startsWith("tiaki run: no CAP_NET_RAW; run it as root")
        .hasLineCount(1);
  }

  @Test
  void the_service_manager_hears_when_traffic_is_guarded_and_when_it_ends() throws Exception {
    String path = folder.resolve("notify").toString();
    try (NotifySocket manager = new NotifySocket(path)) {
      Process tiaki = lab.tiakiUnder(List.of("env", "NOTIFY_SOCKET=" + path), output, words());
      assertThat(manager.next()).isEqualTo("READY=1\nSTATUS=serving queue 0");
      assertThat(lab.run(Lab.Host.GATE, "nft", "list", "tables")).contains("table inet tiaki");
      tiaki.destroy();
      assertThat(manager.next()).isEqualTo("STOPPING=1");
      ended(tiaki, 0);
    }
  }

  @Test
  void a_stop_amid_the_start_leaves_nothing_behind() throws Exception {
    Path socket = folder.resolve("control.sock");
    Process tiaki = lab.tiaki(output, words("--control-socket", socket.toString()));
    Lab.await(tiaki, output, "loaded");
    tiaki.destroy();
    ended(tiaki, 0);
    assertThat(lab.run(Lab.Host.GATE, "nft", "list", "ruleset")).isEmpty();
    assertThat(socket).doesNotExist();
  }

  @Test
  void a_check_lists_what_is_there_and_what_is_not() throws Exception {
    assertThat(ended(lab.tiaki(output, "run", "--check", "--queue", "3-4"), 0))
        .contains("ok       java ", "ok       capabilities   CAP_NET_ADMIN, CAP_NET_RAW")
        .contains(
            "ok       nft ", "ok       marks ", "ok       queueing ", "ok       packet queue ")
        .contains("ok       conntrack      0 connections")
        .doesNotContain("missing", "loaded");
    assertThat(ended(lab.tiakiUnder(WITHOUT_RIGHTS, output, "run", "--check"), 1))
        .contains("missing  capabilities   no CAP_NET_ADMIN and no CAP_NET_RAW; run it as root")
        .contains("note     conntrack      not known; only root can find out");
    assertThat(ended(lab.tiaki(output, "run", "--check", "-i", "up0,nowhere0"), 1))
        .contains("ok       interface      up0")
        .contains("missing  interface      nowhere0 is not there; 'ip link' lists");
  }

  @Test
  void a_queue_that_another_run_serves_is_refused_and_that_run_goes_on() throws Exception {
    Path first = folder.resolve("first");
    Process tiaki = lab.tiaki(first, words());
    Lab.await(tiaki, first, "ready, serving queue 0");
    String rules = lab.run(Lab.Host.GATE, "nft", "list", "ruleset").replaceAll("packets.*", "");
    assertThat(ended(lab.tiaki(output, words("--control-socket", "none")), 1))
        .endsWith("tiaki run: another run guards here, it serves queue 0; stop it first\n");
    assertThat(ended(lab.tiaki(output, words("--no-rules")), 1))
        .contains("tiaki run: queue 0 is served by another program");
    assertThat(ended(lab.tiaki(output, "run", "--check"), 1))
        .contains("missing  queue 0        another program serves it; stop that one, or take");
    assertThat(lab.run(Lab.Host.GATE, "nft", "list", "ruleset").replaceAll("packets.*", ""))
        .isEqualTo(rules);
    try (EchoLoad load = EchoLoad.serve(lab);
        Socket socket = load.connect()) {
      assertThat(EchoLoad.ask(socket, "guarded")).isEqualTo("guarded");
    }
  }
}
