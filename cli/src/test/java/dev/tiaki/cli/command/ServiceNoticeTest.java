package dev.tiaki.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.cli.lab.NotifySocket;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service manager hears, at a Unix datagram socket as {@code sd_notify(3)} says. */
class ServiceNoticeTest {
  @TempDir Path folder;
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(before);
  }

  private static ServiceNotice noticeTo(String socket) {
    return new ServiceNotice(Map.of("NOTIFY_SOCKET", socket));
  }

  @Test
  void the_manager_hears_when_the_run_is_ready_and_when_it_stops() {
    String path = folder.resolve("notify").toString();
    try (NotifySocket manager = new NotifySocket(path)) {
      noticeTo(path).ready("serving queue 0");
      assertThat(manager.next()).isEqualTo("READY=1\nSTATUS=serving queue 0");
      noticeTo(path).stopping();
      assertThat(manager.next()).isEqualTo("STOPPING=1");
    }
    assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void a_name_with_an_at_sign_is_in_the_abstract_namespace() {
    String name = "tiaki-notify-" + ProcessHandle.current().pid();
    try (NotifySocket manager = new NotifySocket("\0" + name)) {
      noticeTo("@" + name).ready("serving queue 0");
      assertThat(manager.next()).startsWith("READY=1\n");
    }
  }

  @Test
  void without_a_manager_nothing_is_said() {
    new ServiceNotice(Map.of()).ready("serving queue 0");
    assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void a_manager_that_cannot_be_reached_does_not_end_the_run() {
    String nowhere = folder.resolve("nowhere").toString();
    noticeTo(nowhere).ready("serving queue 0");
    noticeTo("/" + "x".repeat(200)).stopping();
    assertThat(said.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "tiaki run: the service manager was not told: "
                + nowhere
                + ": No such file or directory",
            "tiaki run: the service manager was not told: /"
                + "x".repeat(200)
                + " is longer than the 108 bytes of a path");
  }
}
