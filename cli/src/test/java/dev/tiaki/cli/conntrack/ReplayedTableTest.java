package dev.tiaki.cli.conntrack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.tiaki.cli.command.CommandLines;
import dev.tiaki.netfilter.netlink.NetworkNamespace;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The table that captured packets make, beside the one that the kernel made of the same packets.
 */
class ReplayedTableTest {
  private static final String END = "the last packet of all";
  private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress SERVER = InetAddress.ofLiteral("192.0.2.2");
  private static final InetAddress CLIENT6 = InetAddress.ofLiteral("2001:db8::1");
  private static final InetAddress SERVER6 = InetAddress.ofLiteral("2001:db8::2");

  /** Sockets that stay open until the test is over. */
  private static final List<Socket> KEPT = new ArrayList<>();

  private final String namespace = "tiaki-replay-" + ProcessHandle.current().pid();
  private boolean made;
  @TempDir private Path folder;

  @BeforeEach
  void makeNamespace() throws Exception {
    boolean tools = Files.isExecutable(Path.of("/usr/bin/tcpdump"));
    if (!"root".equals(System.getProperty("user.name")) || !tools) {
      String missing = "network namespaces need root, and packets tcpdump";
      if (System.getenv("CI") != null) {
        fail("CI runs every test, but " + missing);
      }
      Assumptions.abort("skipped: " + missing);
    }
    shell("ip netns add " + namespace);
    made = true;
    inside("ip link set lo up");
    inside("ip addr add 192.0.2.1/32 dev lo");
    inside("ip addr add 192.0.2.2/32 dev lo");
    inside("ip -6 addr add 2001:db8::1/128 dev lo nodad");
    inside("ip -6 addr add 2001:db8::2/128 dev lo nodad");
    inside("sysctl -qw net.netfilter.nf_conntrack_acct=1");
    inside("sysctl -qw net.netfilter.nf_conntrack_timestamp=1");
    inside("nft add table inet t");
    inside("nft 'add chain inet t i { type filter hook input priority 0; }'");
    inside("nft add rule inet t i tcp dport 8083 drop");
    inside("nft 'add chain inet t o { type filter hook output priority 0; ct state new accept; }'");
  }

  @AfterEach
  void removeNamespace() throws Exception {
    for (Socket socket : KEPT) {
      socket.close();
    }
    KEPT.clear();
    if (made) {
      shell("ip netns del " + namespace);
    }
  }

  private static void shell(String command) throws Exception {
    Process process = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
  }

  private void inside(String command) throws Exception {
    shell("ip netns exec " + namespace + " " + command);
  }

  private interface Work {
    void run() throws Exception;
  }

  private Path captured(Work work) throws Exception {
    Path file = folder.resolve("traffic.pcap");
    Process tcpdump =
        new ProcessBuilder(
                "ip",
                "netns",
                "exec",
                namespace,
                "tcpdump",
                "-i",
                "lo",
                "-s",
                "128",
                "-U",
                "-Z",
                "root",
                "--immediate-mode",
                "-w",
                file.toString())
            .redirectErrorStream(true)
            .start();
    BufferedReader said = tcpdump.inputReader();
    String line = said.readLine();
    while (line != null && !line.contains("listening on")) {
      line = said.readLine();
    }
    assertThat(line).isNotNull();
    NetworkNamespace.named(namespace)
        .call(() -> {
          work.run();
          // the last packet that tcpdump has to have written before it is stopped
          try (DatagramSocket socket = new DatagramSocket(0, CLIENT)) {
            byte[] last = END.getBytes(StandardCharsets.ISO_8859_1);
            socket.send(new DatagramPacket(last, last.length, SERVER, 9999));
          }
          return null;
        });
    while (!new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(END)) {
      Thread.onSpinWait();
    }
    tcpdump.destroy();
    tcpdump.waitFor();
    return file;
  }

  private static void traffic() throws Exception {
    udp(CLIENT, SERVER, true);
    udp(CLIENT6, SERVER6, false);
    assertThat(SERVER.isReachable(2000)).isTrue();
    assertThat(SERVER6.isReachable(2000)).isTrue();
    closed(CLIENT, SERVER);
    closed(CLIENT6, SERVER6);
    open();
    unanswered();
    reset();
    refused();
  }

  private static void udp(InetAddress from, InetAddress to, boolean answered) throws IOException {
    try (DatagramSocket client = new DatagramSocket(0, from);
        DatagramSocket server = new DatagramSocket(5353, to)) {
      // more than a loopback's packet: it travels in fragments when it has to
      client.send(new DatagramPacket(new byte[3000], 3000, to, 5353));
      DatagramPacket packet = new DatagramPacket(new byte[4000], 4000);
      server.receive(packet);
      if (answered) {
        server.send(new DatagramPacket(new byte[9], 9, packet.getAddress(), packet.getPort()));
        client.receive(packet);
      }
    }
  }

  private static void closed(InetAddress from, InetAddress to) throws IOException {
    try (ServerSocket listener = new ServerSocket(8080, 5, to);
        Socket client = new Socket(to, 8080, from, 0);
        Socket server = listener.accept()) {
      client.getOutputStream().write(new byte[100_000]);
      client.shutdownOutput();
      assertThat(server.getInputStream().readAllBytes()).hasSize(100_000);
      server.getOutputStream().write(new byte[5]);
      server.shutdownOutput();
      assertThat(client.getInputStream().readAllBytes()).hasSize(5);
    }
  }

  private static void open() throws Exception {
    try (ServerSocket listener = new ServerSocket(8081, 5, SERVER)) {
      Socket client = new Socket(SERVER, 8081, CLIENT, 0);
      Socket server = listener.accept();
      client.getOutputStream().write(1);
      assertThat(server.getInputStream().read()).isEqualTo(1);
      KEPT.add(client);
      KEPT.add(server);
    }
  }

  /** A rule drops the SYN when it arrives. */
  private static void unanswered() throws IOException {
    try (Socket client = new Socket()) {
      client.bind(new InetSocketAddress(CLIENT, 0));
      assertThatThrownBy(() -> client.connect(new InetSocketAddress(SERVER, 8083), 50))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  private static void reset() throws Exception {
    try (ServerSocket listener = new ServerSocket(8082, 5, SERVER);
        Socket client = new Socket(SERVER, 8082, CLIENT, 0);
        Socket server = listener.accept()) {
      client.setSoLinger(true, 0);
      client.close();
      assertThat(server.isConnected()).isTrue();
    }
  }

  private static void refused() {
    try (Socket _ = new Socket(SERVER6, 8084, CLIENT6, 0)) {
      fail("nobody listens there");
    } catch (IOException expected) {
      assertThat(expected).hasMessageContaining("refused");
    }
  }

  private record Outcome(int status, String output, String errors) {}

  private static Outcome run(String... words) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    int status =
        CommandLines.create()
            .setOut(new PrintWriter(output))
            .setErr(new PrintWriter(errors))
            .execute(words);
    return new Outcome(status, output.toString(), errors.toString());
  }

  /** The lines without what only the kernel can know, sorted. */
  private static List<String> comparable(Outcome listed) {
    assertThat(listed.errors()).isEmpty();
    assertThat(listed.status()).isZero();
    return listed
        .output()
        .lines()
        .filter(line -> !line.contains("dport=9999"))
        .map(line -> line.replaceAll(" (use|id|delta-time)=\\d+", ""))
        .map(ReplayedTableTest::withoutSeconds)
        .sorted()
        .toList();
  }

  /** Time goes on between the last packet and the listing of the kernel's table. */
  private static String withoutSeconds(String line) {
    String[] words = line.split(" +", -1);
    long seconds = Long.parseLong(words[4]);
    words[4] = seconds > 1000 ? "days" : seconds > 200 ? "300" : seconds > 60 ? "120" : "short";
    return String.join(" ", words);
  }

  @Test
  void packets_make_the_same_table_here_as_in_the_kernel() throws Exception {
    Path capture = captured(ReplayedTableTest::traffic);
    List<String> kernel = comparable(run("conntrack", "list", "--lines", "--netns", namespace));
    List<String> replayed =
        comparable(run("conntrack", "list", "--lines", "--replay", capture.toString()));
    assertThat(kernel).hasSizeGreaterThanOrEqualTo(8);
    assertThat(replayed).isEqualTo(kernel);
    events(capture);
    timed(capture);
    api(capture);
    broken(capture);
  }

  private static void events(Path capture) {
    Outcome events =
        run("conntrack", "events", "-p", "tcp", "--dport", "8080", "--replay", capture.toString());
    assertThat(events.status()).isZero();
    List<String> told =
        events
            .output()
            .lines()
            .map(String::strip)
            .filter(line -> line.contains("192.0.2.1"))
            .toList();
    assertThat(told.getFirst()).startsWith("[NEW] tcp").contains("SYN_SENT", "[UNREPLIED]");
    assertThat(told.get(1)).startsWith("[UPDATE] tcp").contains("SYN_RECV");
    assertThat(told.get(2)).startsWith("[UPDATE] tcp").contains("ESTABLISHED", "[ASSURED]");
    assertThat(told.getLast()).startsWith("[UPDATE] tcp").contains("TIME_WAIT");
    assertThat(told).hasSizeBetween(5, 7); // FIN and its ACK may be one packet or two
  }

  private static void timed(Path capture) {
    Outcome told =
        run("conntrack", "events", "--replay", capture.toString(), "--timestamp", "--json");
    assertThat(told.output().lines())
        .allSatisfy(line -> assertThat(line).containsPattern("\"time\":\\d+\\.\\d{6}}$"));
    Outcome lines = run("conntrack", "events", "--replay", capture.toString(), "--timestamp");
    assertThat(lines.output().lines())
        .allSatisfy(line -> assertThat(line).containsPattern("^\\[\\d+\\.\\d{6}]\t *\\["));
  }

  private static void api(Path capture) {
    InputStream before = System.in;
    System.setIn(
        new ByteArrayInputStream(
            "{\"action\":\"conntrack\",\"protocol\":\"tcp\",\"state\":\"ESTABLISHED\"}"
                .getBytes(StandardCharsets.UTF_8)));
    try {
      Outcome read = run("connections", "read", "--replay", capture.toString());
      assertThat(read.status()).isZero();
      assertThat(read.output())
          .contains("\"dport\":\"8081\"", "\"timeout\":\"431999\"", "\"status\":\"ASSURED\"")
          .doesNotContain("8080");
    } finally {
      System.setIn(before);
    }
  }

  private void broken(Path capture) throws IOException {
    Path cut = folder.resolve("cut.pcap");
    byte[] all = Files.readAllBytes(capture);
    Files.write(cut, Arrays.copyOf(all, all.length - 20));
    Outcome counted = run("conntrack", "count", "--replay", cut.toString());
    assertThat(counted.status()).isEqualTo(1);
    assertThat(counted.errors()).contains("cut.pcap");
    assertThat(Integer.parseInt(counted.output().strip())).isGreaterThan(5);
    assertThat(run("conntrack", "count", "--replay", "nowhere.pcap").errors())
        .contains("nowhere.pcap");
    assertThat(run("conntrack", "count", "--replay", "a", "--netns", "b").status()).isEqualTo(2);
  }
}
