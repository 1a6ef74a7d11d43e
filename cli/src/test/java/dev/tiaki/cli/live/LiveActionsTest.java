package dev.tiaki.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.cli.lab.EchoLoad;
import dev.tiaki.cli.lab.Lab;
import dev.tiaki.cli.lab.Lab.Host;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rule decides about a connection, with real stacks at both ends. */
class LiveActionsTest {
  private static final String BODY = "0123456789abcdef".repeat(60_000);
  private static final int UDP_PORT = 7001;
  private static final int TIMED_OUT = 28;
  private static final int RESET_BY_PEER = 56;

  @TempDir Path folder;

  /** Does something when the first data of the answer comes. */
  private static String onAnswer(String action) {
    return """
    haka.rule{
      name = "decider",
      on = haka.dissectors.tcp_connection.events.receive_data,
      eval = function (flow, data, direction)
        if direction == 'down' then flow:%s() end
      end
    }
    """
        .formatted(action);
  }

  @ParameterizedTest
  @ValueSource(strings = {Lab.SERVER4, "[" + Lab.SERVER6 + "]"})
  void a_dropped_connection_falls_silent_and_stays_in_the_kernel(String server) throws Exception {
    try (Guarded gate = new Guarded(folder).serving("big.txt", BODY).with(onAnswer("drop"))) {
      assertThat(gate.fetch(server, "/big.txt", 4).exitStatus()).isEqualTo(TIMED_OUT);
      gate.printed("kernel confirmed, rule 'decider'");
      assertThat(gate.output()).contains("description = drop of");
      long queued = gate.queue().total();
      long before = gate.droppedByMark();
      Guarded.eventually(
          "the server's next try meets the mark", () -> gate.droppedByMark() > before);
      assertThat(gate.queue().total()).as("no later packet came up").isEqualTo(queued);
      assertThat(gate.resetsAt(Host.CLIENT) + gate.resetsAt(Host.SERVER)).isZero();
      assertThat(gate.stop()).doesNotContain("internal errors");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {Lab.SERVER4, "[" + Lab.SERVER6 + "]"})
  void a_reset_reaches_both_ends_at_once(String server) throws Exception {
    try (Guarded gate = new Guarded(folder).serving("big.txt", BODY).with(onAnswer("reset"))) {
      assertThat(gate.fetch(server, "/big.txt", 20).exitStatus()).isEqualTo(RESET_BY_PEER);
      assertThat(gate.resetsAt(Host.CLIENT)).isPositive();
      assertThat(gate.resetsAt(Host.SERVER)).isPositive();
      assertThat(gate.stop()).contains("description = reset of", "kernel confirmed");
    }
  }

  @Test
  void a_half_reset_reaches_the_server_only() throws Exception {
    try (Guarded gate = new Guarded(folder).serving("big.txt", BODY).with(onAnswer("halfreset"))) {
      assertThat(gate.fetch(Lab.SERVER4, "/big.txt", 4).exitStatus()).isEqualTo(TIMED_OUT);
      assertThat(gate.resetsAt(Host.SERVER)).isPositive();
      assertThat(gate.resetsAt(Host.CLIENT)).isZero();
      assertThat(gate.stop()).contains("description = halfreset of", "kernel confirmed");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {Lab.SERVER4, "[" + Lab.SERVER6 + "]"})
  void a_bypassed_connection_does_not_come_up_any_more(String server) throws Exception {
    try (Guarded gate = new Guarded(folder).serving("big.txt", BODY).with(onAnswer("bypass"))) {
      Guarded.Transfer whole = gate.fetch(server, "/big.txt", 20);
      assertThat(whole.exitStatus()).isZero();
      assertThat(whole.body()).isEqualTo(BODY);
      // a megabyte is some hundred packets; what came up is the beginning of the connection
      assertThat(gate.queue().total()).isLessThan(60);
      gate.stop();
    }
  }

  @Test
  void a_connection_bypassed_by_its_first_packet_passes_by_the_mark_of_that_packet()
      throws Exception {
    String rules =
        """
        haka.rule{
          on = haka.dissectors.tcp_connection.events.new_connection,
          eval = function (flow, tcp) flow:bypass() end
        }
        """;
    try (Guarded gate = new Guarded(folder).serving("big.txt", BODY).with(rules)) {
      assertThat(gate.fetch(Lab.SERVER4, "/big.txt", 20).body()).isEqualTo(BODY);
      assertThat(gate.queue().total()).isLessThan(4);
      gate.stop();
    }
  }

  @Test
  void a_connection_with_both_ends_translated_is_dropped_by_the_kernel_too() throws Exception {
    try (Guarded gate =
        new Guarded(folder).translating().serving("big.txt", BODY).with(onAnswer("drop"))) {
      assertThat(gate.fetch("192.0.2.1:8000", "/big.txt", 10).exitStatus()).isEqualTo(TIMED_OUT);
      gate.printed("kernel confirmed, rule 'decider'");
      gate.stop();
    }
  }

  @Test
  void a_new_connection_between_the_ends_of_a_stopped_one_is_judged_anew() throws Exception {
    String rules =
        """
        haka.rule{
          on = haka.dissectors.tcp_connection.events.receive_data,
          eval = function (flow, data, direction)
            if direction == 'up' and data:asstring():find('stop') then flow:halfreset() end
          end
        }
        """;
    try (Guarded gate = new Guarded(folder).with(rules);
        EchoLoad echo = EchoLoad.serve(gate.lab())) {
      int port;
      try (Socket stopped = echo.connect()) {
        assertThat(EchoLoad.ask(stopped, "go")).isEqualTo("go");
        stopped.getOutputStream().write("stop".getBytes(StandardCharsets.US_ASCII));
        gate.printed("halfreset of");
        gate.printed("kernel confirmed");
        port = stopped.getLocalPort();
        stopped.setSoLinger(true, 0);
      }
      try (Socket next = echo.connectFrom(port)) {
        assertThat(EchoLoad.ask(next, "go")).isEqualTo("go");
      }
      gate.stop();
    }
  }

  @Test
  void a_dropped_udp_flow_stays_in_the_kernel() throws Exception {
    String rules =
        """
        haka.rule{
          name = "decider",
          on = haka.dissectors.udp_connection.events.receive_data,
          eval = function (flow, udp, direction)
            if udp.payload:sub():asstring() == 'stop' then flow:drop() end
          end
        }
        """;
    // the server's ICMP, that nobody is there, stays out of the count
    try (Guarded gate = new Guarded(folder).with(rules, "--guard-protocol", "udp");
        DatagramSocket socket = gate.datagrams()) {
      send(socket, "go");
      Guarded.eventually("it came up", () -> gate.queue().total() == 1);
      send(socket, "stop");
      gate.printed("kernel confirmed, rule 'decider'");
      send(socket, "more");
      Guarded.eventually("the kernel drops it", () -> gate.droppedByMark() == 1);
      assertThat(gate.queue().total()).isEqualTo(2);
      gate.stop();
    }
  }

  private static void send(DatagramSocket socket, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    socket.send(
        new DatagramPacket(bytes, bytes.length, InetAddress.ofLiteral(Lab.SERVER4), UDP_PORT));
  }

  @Test
  void what_was_decided_is_named_in_lists_of_connections_and_in_records() throws Exception {
    Path records = folder.resolve("eve.json");
    try (Guarded gate =
        new Guarded(folder)
            .serving("big.txt", BODY)
            .with(onAnswer("drop"), "--eve", records.toString())) {
      gate.fetch(Lab.SERVER4, "/big.txt", 4);
      gate.printed("kernel confirmed");
      assertThat(gate.tiaki("conntrack", "list", "-p", "tcp"))
          .contains("drop by 'decider'", "rules.lua:1", ", confirmed");
      assertThat(gate.tiaki("conntrack", "list", "--json"))
          .contains("\"tiaki\":{\"action\":\"drop\",\"kernel\":\"confirmed\",\"rule\":\"decider\"");
      gate.stop();
    }
    assertThat(Files.readString(records))
        .contains("\"rule\":\"decider\"", "\"flow_action\":\"drop\",\"kernel\":\"confirmed\"");
  }

  @Test
  void what_was_decided_is_seen_in_the_kernels_table() throws Exception {
    try (Guarded gate = new Guarded(folder).serving("big.txt", BODY).with(onAnswer("drop"))) {
      gate.fetch(Lab.SERVER4, "/big.txt", 4);
      gate.printed("kernel confirmed");
      assertThat(gate.lab().run(Host.GATE, "conntrack", "-L")).contains("mark=536870912");
      gate.stop();
      assertThat(gate.lab().run(Host.GATE, "conntrack", "-L"))
          .as("marks are cleared")
          .doesNotContain("mark=536870912");
    }
  }
}
