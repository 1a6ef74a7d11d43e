package dev.tiaki.cli.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.cli.lab.EchoLoad;
import dev.tiaki.cli.lab.Lab;
import dev.tiaki.netfilter.netlink.NetworkNamespace;
import dev.tiaki.netfilter.queue.QueueStatistics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that hangs in a rule, outside of what a rule's budget can stop. */
class WatchdogTest {
  @TempDir Path folder;
  private Lab lab;
  private EchoLoad load;
  private Path output;
  private Path release;
  private Process tiaki;

  @BeforeEach
  void raise() throws IOException {
    lab = Lab.up("iptables-restore", "ip6tables-restore");
    load = EchoLoad.serve(lab);
    output = Files.createFile(folder.resolve("output"));
    release = folder.resolve("release");
    Files.writeString(
        folder.resolve("rules.lua"),
        """
        local tcp_connection = require('protocol/tcp_connection')
        haka.rule{
          on = tcp_connection.events.new_connection,
          eval = function (flow) print('new ' .. flow.srcport) end
        }
        haka.rule{
          on = tcp_connection.events.receive_data,
          eval = function (flow, data, direction)
            if data:sub(0, 4):asstring() == 'hang' then
              os.execute('while [ ! -e %s ]; do sleep 0.02; done')
            end
          end
        }
        """
            .formatted(release));
  }

  @AfterEach
  void lower() throws IOException {
    Files.writeString(release, "");
    load.close();
    lab.close();
  }

  private void guard(String fail) throws Exception {
    tiaki =
        lab.tiaki(
            output,
            "run",
            "-r",
            folder.resolve("rules.lua").toString(),
            "--fail",
            fail,
            "--watchdog",
            "1");
    Lab.await(tiaki, output, "ready, serving queue 0");
  }

  /** Hangs the worker in the data of a connection, which is returned. */
  private Socket hang() throws Exception {
    Socket socket = load.connect();
    socket.getOutputStream().write("hang".getBytes(StandardCharsets.US_ASCII));
    Lab.await(tiaki, output, "WORKER 0 OF QUEUE 0 IS STUCK for 1 seconds: ", 2);
    return socket;
  }

  private void letGo() throws Exception {
    Files.writeString(release, "");
    Lab.await(tiaki, output, "worker 0 of queue 0 moves again: its traffic is guarded", 2);
  }

  private static String answer(Socket socket) throws IOException {
    return new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII);
  }

  private String printed() throws IOException {
    return Files.readString(output, StandardCharsets.ISO_8859_1);
  }

  private boolean isServed() throws IOException {
    return QueueStatistics.read(NetworkNamespace.named(lab.namespace(Lab.Host.GATE)), 0) != null;
  }

  private int end() throws Exception {
    tiaki.destroy();
    assertThat(tiaki.waitFor(60, TimeUnit.SECONDS)).as(printed()).isTrue();
    assertThat(lab.run(Lab.Host.GATE, "nft", "list", "ruleset")).doesNotContain("tiaki");
    return tiaki.exitValue();
  }

  @Test
  void traffic_of_a_stuck_worker_passes_when_that_is_chosen_and_is_guarded_again_later()
      throws Exception {
    guard("open");
    Socket old = load.connect();
    assertThat(EchoLoad.ask(old, "before")).isEqualTo("before");
    Lab.await(tiaki, output, "new " + old.getLocalPort());

    Socket hung = hang();
    assertThat(printed()).contains("its traffic passes unguarded");
    assertThat(isServed()).isFalse();
    assertThat(answer(hung)).isEqualTo("hang");
    assertThat(EchoLoad.ask(old, "meanwhile")).isEqualTo("meanwhile");
    Socket unseen = load.connect();
    assertThat(EchoLoad.ask(unseen, "unseen")).isEqualTo("unseen");
    unseen.close();

    letGo();
    assertThat(isServed()).isTrue();
    assertThat(EchoLoad.ask(old, "after")).isEqualTo("after");
    Lab.await(tiaki, output, "new " + old.getLocalPort(), 2);
    Socket fresh = load.connect();
    assertThat(EchoLoad.ask(fresh, "fresh")).isEqualTo("fresh");
    Lab.await(tiaki, output, "new " + fresh.getLocalPort());
    assertThat(end()).as(printed()).isZero();
    assertThat(printed())
        .contains("times that a worker was stuck: 1")
        .doesNotContain("internal error");
  }

  @Test
  void traffic_of_a_stuck_worker_waits_when_that_is_chosen() throws Exception {
    guard("closed");
    Socket hung = hang();
    assertThat(printed()).contains("its traffic is stopped");
    assertThat(isServed()).isTrue();
    assertThatThrownBy(this::connectImpatiently).isInstanceOf(SocketTimeoutException.class);
    letGo();
    assertThat(answer(hung)).isEqualTo("hang");
    assertThat(EchoLoad.ask(load.connect(), "after")).isEqualTo("after");
    assertThat(end()).as(printed()).isZero();
  }

  private Socket connectImpatiently() throws IOException {
    return NetworkNamespace.named(lab.namespace(Lab.Host.CLIENT))
        .call(() -> {
          Socket socket = new Socket();
          socket.connect(
              new InetSocketAddress(InetAddress.ofLiteral(Lab.SERVER4), EchoLoad.PORT), 300);
          return socket;
        });
  }

  @Test
  void a_stop_leaves_a_stuck_worker_behind_and_no_rules() throws Exception {
    guard("open");
    hang();
    assertThat(end()).as(printed()).isEqualTo(1);
    assertThat(printed()).contains("worker 0 is stuck and was left behind");
  }
}
