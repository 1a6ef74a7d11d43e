package dev.tiaki.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.cli.lab.Lab;
import dev.tiaki.netfilter.netlink.NetworkNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tiaki run --interface} on a device of a namespace. */
class ObservedInterfaceTest {
  private static final String RULES =
      """
      local tcp_connection = require('protocol/tcp_connection')
      haka.rule{
        on = tcp_connection.events.receive_data,
        eval = function (flow, data, direction)
          print('data', flow.dstport, direction)
          flow:drop()
        end
      }
      """;

  @TempDir Path folder;
  private Lab lab;
  private Path output;

  @BeforeEach
  void raise() throws IOException {
    lab = Lab.up();
    output = Files.createFile(folder.resolve("output"));
    Files.writeString(folder.resolve("rules.lua"), RULES);
  }

  @AfterEach
  void lower() {
    lab.close();
  }

  private Process watching(String... more) throws Exception {
    String[] words = new String[5 + more.length];
    words[0] = "run";
    words[1] = "-r";
    words[2] = folder.resolve("rules.lua").toString();
    words[3] = "-i";
    words[4] = "up0";
    System.arraycopy(more, 0, words, 5, more.length);
    return lab.tiaki(output, words);
  }

  private String printed() throws IOException {
    return Files.readString(output, StandardCharsets.ISO_8859_1);
  }

  private int status(Process tiaki) throws Exception {
    assertThat(tiaki.waitFor(60, TimeUnit.SECONDS)).as(printed()).isTrue();
    return tiaki.exitValue();
  }

  /** Sends a greeting through the gate and returns the answer. */
  private String talk(int port) throws IOException {
    NetworkNamespace server = NetworkNamespace.named(lab.namespace(Lab.Host.SERVER));
    NetworkNamespace client = NetworkNamespace.named(lab.namespace(Lab.Host.CLIENT));
    InetAddress address = InetAddress.ofLiteral(Lab.SERVER4);
    try (ServerSocket listener = server.call(() -> new ServerSocket(port, 1, address));
        Socket socket = client.call(() -> connected(address, port))) {
      listener.setSoTimeout(20_000);
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
      try (Socket accepted = listener.accept()) {
        accepted.getOutputStream().write(accepted.getInputStream().readNBytes(5));
      }
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  /** A socket belongs to the namespace in which it first does something. */
  private static Socket connected(InetAddress address, int port) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(address, port), 20_000);
    return socket;
  }

  @Test
  void rules_see_what_passes_the_filter_and_change_nothing() throws Exception {
    Process tiaki = watching("--filter", "tcp port 7000");
    Lab.await(tiaki, output, "ready, observing up0");
    assertThat(talk(7001)).isEqualTo("hello");
    assertThat(talk(7000)).isEqualTo("hello");
    assertThat(talk(7000)).isEqualTo("hello");
    Lab.await(tiaki, output, "data 7000 up", 2);
    tiaki.destroy();
    assertThat(status(tiaki)).isZero();
    assertThat(printed())
        .doesNotContain("7001")
        .containsOnlyOnce("A RULE DROPPED A PACKET, BUT THIS SOURCE ONLY OBSERVES")
        .containsPattern("interface up0: [1-9]\\d* received, 0 dropped for lack of memory")
        .contains("would be");
  }

  @Test
  void an_interface_that_vanishes_ends_the_run_with_a_message() throws Exception {
    Process tiaki = watching("--no-promiscuous");
    Lab.await(tiaki, output, "ready, observing up0");
    lab.run(Lab.Host.GATE, "ip", "link", "delete", "up0");
    assertThat(status(tiaki)).isEqualTo(1);
    assertThat(printed()).containsPattern("tiaki run: interface up0: .*(down|disappeared|gone)");
  }

  @Test
  void an_interface_that_is_not_there_is_named() throws Exception {
    Process tiaki =
        lab.tiaki(output, "run", "-r", folder.resolve("rules.lua").toString(), "-i", "nowhere0");
    assertThat(status(tiaki)).isEqualTo(1);
    assertThat(printed()).contains("interface nowhere0: No such device exists");
  }
}
