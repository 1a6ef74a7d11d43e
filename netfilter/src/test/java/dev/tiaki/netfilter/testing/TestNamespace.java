package dev.tiaki.netfilter.testing;

import static org.assertj.core.api.Assertions.fail;

import dev.tiaki.netfilter.conntrack.ConntrackOptions;
import dev.tiaki.netfilter.conntrack.KernelConntrack;
import dev.tiaki.netfilter.netlink.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A network namespace of a test's own with two hosts' addresses on its loopback device: 192.0.2.1,
 * 192.0.2.2, 2001:db8::1, 2001:db8::2. Nothing that is sent in it leaves it.
 */
public final class TestNamespace implements AutoCloseable {
  public static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.1");
  public static final InetAddress SERVER = InetAddress.ofLiteral("192.0.2.2");
  public static final InetAddress CLIENT6 = InetAddress.ofLiteral("2001:db8::1");
  public static final InetAddress SERVER6 = InetAddress.ofLiteral("2001:db8::2");

  /** A rule that makes the kernel track connections, and nothing else. */
  public static final String TRACK =
      """
      table inet track {
        chain output {
          type filter hook output priority 0;
          ct state new accept
        }
      }
      """;

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String name;

  private TestNamespace(String name) {
    this.name = name;
  }

  /** Makes one, or skips the test and says why where that is not possible. */
  public static TestNamespace create() throws IOException {
    String missing = missing();
    if (missing != null) {
      if (System.getenv("CI") != null) {
        fail("CI runs every test, but " + missing);
      }
      Assumptions.abort("skipped: " + missing);
    }
    String name = "tiaki-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    execute(List.of("ip", "netns", "add", name), "");
    TestNamespace namespace = new TestNamespace(name);
    namespace.ip("link", "set", "lo", "up");
    namespace.ip("addr", "add", "192.0.2.1/32", "dev", "lo");
    namespace.ip("addr", "add", "192.0.2.2/32", "dev", "lo");
    namespace.ip("-6", "addr", "add", "2001:db8::1/128", "dev", "lo", "nodad");
    namespace.ip("-6", "addr", "add", "2001:db8::2/128", "dev", "lo", "nodad");
    namespace.ip("route", "add", "192.0.2.0/24", "dev", "lo");
    return namespace;
  }

  /** Makes one whose connections are tracked. */
  public static TestNamespace tracking() throws IOException {
    TestNamespace namespace = create();
    namespace.nft(TRACK);
    return namespace;
  }

  private static String missing() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return "network namespaces need root";
    }
    for (String tool : List.of("ip", "nft", "conntrack")) {
      boolean found =
          Stream.of("/usr/sbin", "/sbin", "/usr/bin", "/bin")
              .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
      if (!found) {
        return "the command " + tool + " is not installed";
      }
    }
    return null;
  }

  /** Returns its name. */
  public String name() {
    return name;
  }

  /** Returns it for the library. */
  public NetworkNamespace namespace() {
    return NetworkNamespace.named(name);
  }

  /** Opens its table. */
  public KernelConntrack conntrack() throws IOException {
    return KernelConntrack.open(ConntrackOptions.inNamespace(name));
  }

  /** Runs {@code ip -n NAME …}. */
  public String ip(String... words) throws IOException {
    return run("ip", words);
  }

  /** Loads rules. */
  public void nft(String rules) throws IOException {
    execute(List.of("ip", "netns", "exec", name, "nft", "-f", "-"), rules);
  }

  /** Sets {@code net.netfilter.nf_conntrack_KEY}. */
  public void setting(String key, String value) throws IOException {
    namespace()
        .call(
            () -> Files.writeString(Path.of("/proc/sys/net/netfilter/nf_conntrack_" + key), value));
  }

  /** Runs a command inside and returns its output; fails when it fails. */
  public String run(String command, String... words) throws IOException {
    return execute(command(command, words), "");
  }

  /** Returns the words of a command inside. */
  public List<String> command(String command, String... words) {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name, command));
    all.addAll(List.of(words));
    return all;
  }

  private static String execute(List<String> command, String input) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + output);
      }
      return output;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Does something inside. */
  public <T> T inside(Callable<T> work) throws IOException {
    return namespace().call(work);
  }

  /** Returns the lines of {@code /proc/net/nf_conntrack}. */
  public List<String> procLines() throws IOException {
    return inside(() -> Files.readAllLines(Path.of("/proc/thread-self/net/nf_conntrack")));
  }

  /** Sends one UDP datagram from one address to another; returns the source port. */
  public int udp(InetAddress source, InetAddress destination, int port) throws IOException {
    return inside(() -> {
      try (DatagramSocket socket = new DatagramSocket(0, source)) {
        socket.send(new DatagramPacket(new byte[] {1}, 1, destination, port));
        return socket.getLocalPort();
      }
    });
  }

  /** Sends one UDP datagram and its answer; returns the source port. */
  public int udpAnswered(InetAddress source, InetAddress destination, int port) throws IOException {
    return inside(() -> {
      try (DatagramSocket client = new DatagramSocket(0, source);
          DatagramSocket server = new DatagramSocket(port, destination)) {
        client.send(new DatagramPacket(new byte[] {1}, 1, destination, port));
        DatagramPacket packet = new DatagramPacket(new byte[8], 8);
        server.receive(packet);
        server.send(new DatagramPacket(new byte[] {2}, 1, packet.getAddress(), packet.getPort()));
        client.receive(packet);
        return client.getLocalPort();
      }
    });
  }

  /** Sends one echo request and waits for its answer. */
  public boolean ping(InetAddress destination) throws IOException {
    return inside(() -> destination.isReachable(5000));
  }

  /** Opens a TCP connection between two addresses. */
  public TcpPair tcp(InetAddress source, InetAddress destination, int port) throws IOException {
    return inside(() -> {
      ServerSocket listener = new ServerSocket();
      listener.bind(new InetSocketAddress(destination, port));
      Socket client = new Socket();
      client.bind(new InetSocketAddress(source, 0));
      client.connect(new InetSocketAddress(destination, port));
      return new TcpPair(listener, client, listener.accept());
    });
  }

  /** Both ends of a TCP connection. */
  public record TcpPair(ServerSocket listener, Socket client, Socket server)
      implements AutoCloseable {
    /** Returns the client's port. */
    public int clientPort() {
      return client.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      client.close();
      server.close();
      listener.close();
    }
  }

  @Override
  public void close() {
    try {
      execute(List.of("ip", "netns", "del", name), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
