package dev.tiaki.cli.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.cli.lab.EchoLoad;
import dev.tiaki.cli.lab.Lab;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tiaki run} is killed while it has much to do. */
class KilledTest {
  private static final int CLIENTS = 8;
  private static final int SHORT_MILLIS = 1500;

  @TempDir Path folder;

  private Process guard(Lab lab, String fail) throws Exception {
    Path rules =
        Files.writeString(
            folder.resolve("rules.lua"),
            """
            haka.rule{
              on = haka.dissectors.tcp_connection.events.receive_data,
              eval = function (flow, data, direction) end
            }
            """);
    Path output = folder.resolve("output");
    Files.writeString(output, "");
    Process tiaki = lab.tiaki(output, "run", "-r", rules.toString(), "--fail", fail);
    Lab.await(tiaki, output, "ready, serving queue 0");
    return tiaki;
  }

  private static void kill(Process tiaki) throws Exception {
    tiaki.destroyForcibly();
    tiaki.waitFor();
  }

  @Test
  void traffic_stops_when_it_fails_closed_and_goes_on_with_the_next_start() throws Exception {
    try (Lab lab = Lab.up("iptables-restore", "ip6tables-restore");
        EchoLoad load = EchoLoad.serve(lab);
        Socket old = load.connect()) {
      Process killed = guard(lab, "closed");
      load.start(CLIENTS);
      load.await(200);
      kill(killed);
      old.setSoTimeout(SHORT_MILLIS);
      assertThatThrownBy(() -> EchoLoad.ask(old, "?")).isInstanceOf(SocketTimeoutException.class);
      Process next = guard(lab, "closed");
      load.await(200);
      load.stop();
      assertThat(load.failure()).as("connections of the time between waited").isNull();
      kill(next);
    }
  }

  @Test
  void traffic_goes_on_when_it_fails_open() throws Exception {
    try (Lab lab = Lab.up("iptables-restore", "ip6tables-restore");
        EchoLoad load = EchoLoad.serve(lab);
        Socket old = load.connect()) {
      Process killed = guard(lab, "open");
      load.start(CLIENTS);
      load.await(200);
      kill(killed);
      load.await(200);
      assertThat(EchoLoad.ask(old, "still there")).isEqualTo("still there");
      Process next = guard(lab, "open");
      load.await(200);
      load.stop();
      assertThat(load.failure()).isNull();
      kill(next);
    }
  }
}
