package dev.tiaki.cli.lab;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Three hosts of a test's own in network namespaces; nothing leaves them.
 *
 * <pre>
 * client 192.0.2.2 ----- 192.0.2.1 gate 198.51.100.1 ----- 198.51.100.2 server
 *    2001:db8:1::2 up0 2001:db8:1::1  2001:db8:2::1 down0 2001:db8:2::2
 * </pre>
 */
public final class Lab implements AutoCloseable {
  public static final String CLIENT4 = "192.0.2.2";
  public static final String SERVER4 = "198.51.100.2";
  public static final String CLIENT6 = "2001:db8:1::2";
  public static final String SERVER6 = "2001:db8:2::2";

  private static final long PATIENCE_SECONDS = 60;
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String name = "tk" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
  private final List<Process> children = new ArrayList<>();

  private Lab() {}

  /** One of the hosts. */
  public enum Host {
    CLIENT,
    GATE,
    SERVER
  }

  /** Makes the hosts, or skips the test and says why where that is not possible. */
  public static Lab up(String... tools) {
    String missing = missing(tools);
    if (missing != null) {
      if (System.getenv("CI") != null) {
        fail("CI runs every test, but " + missing);
      }
      Assumptions.abort("skipped: " + missing);
    }
    Lab lab = new Lab();
    lab.make();
    return lab;
  }

  private static String missing(String... tools) {
    if (!"root".equals(System.getProperty("user.name"))) {
      return "network namespaces need root";
    }
    List<String> all = new ArrayList<>(List.of("ip", "nft", "iptables"));
    all.addAll(List.of(tools));
    for (String tool : all) {
      boolean found =
          Stream.of("/usr/sbin", "/sbin", "/usr/bin", "/bin")
              .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
      if (!found) {
        return "the command " + tool + " is not installed";
      }
    }
    return null;
  }

  private void make() {
    for (Host host : Host.values()) {
      execute(List.of("ip", "netns", "add", namespace(host)), "");
      execute(List.of("ip", "-n", namespace(host), "link", "set", "lo", "up"), "");
    }
    wire(Host.CLIENT, CLIENT4, CLIENT6, "up0", "192.0.2.1", "2001:db8:1::1");
    wire(Host.SERVER, SERVER4, SERVER6, "down0", "198.51.100.1", "2001:db8:2::1");
    run(Host.GATE, "sysctl", "-qw", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1");
  }

  private void wire(
      Host host, String own4, String own6, String device, String gate4, String gate6) {
    String far = namespace(host);
    String gate = namespace(Host.GATE);
    ip("link", "add", "eth0", "netns", far, "type", "veth", "peer", "name", device, "netns", gate);
    ip("-n", far, "address", "add", own4 + "/24", "dev", "eth0");
    ip("-n", far, "address", "add", own6 + "/64", "dev", "eth0", "nodad");
    ip("-n", gate, "address", "add", gate4 + "/24", "dev", device);
    ip("-n", gate, "address", "add", gate6 + "/64", "dev", device, "nodad");
    ip("-n", far, "link", "set", "eth0", "up");
    ip("-n", gate, "link", "set", device, "up");
    ip("-n", far, "route", "add", "default", "via", gate4);
    ip("-n", far, "-6", "route", "add", "default", "via", gate6);
  }

  private static void ip(String... words) {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(words));
    execute(command, "");
  }

  /** Returns the name of a host's namespace. */
  public String namespace(Host host) {
    return name + "-" + host.name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Returns the words of a command on a host. */
  public List<String> command(Host host, String... words) {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace(host)));
    all.addAll(List.of(words));
    return all;
  }

  /** Runs a command on a host and returns what it printed; fails when it fails. */
  public String run(Host host, String... words) {
    return execute(command(host, words), "");
  }

  /** Loads nftables rules on a host. */
  public void nft(Host host, String rules) {
    execute(command(host, "nft", "-f", "-"), rules);
  }

  /** Starts a command on a host, which ends with this lab at the latest. */
  public Process start(Host host, Path output, String... words) throws IOException {
    Process process =
        new ProcessBuilder(command(host, words))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    children.add(process);
    return process;
  }

  /** Starts the program on the gate; what it prints, errors too, goes to a file. */
  public Process tiaki(Path output, String... arguments) throws IOException {
    return tiakiUnder(List.of(), output, arguments);
  }

  /** As {@link #tiaki}, started by another command, of which {@code wrapper} is the beginning. */
  public Process tiakiUnder(List<String> wrapper, Path output, String... arguments)
      throws IOException {
    List<String> words = new ArrayList<>(wrapper);
    words.addAll(
        List.of(
            "env", // whoever runs the tests may ignore SIGHUP, as nohup does; a JVM inherits it
            "--default-signal=HUP",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx600m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "dev.tiaki.cli.Tiaki"));
    words.addAll(List.of(arguments));
    return start(Host.GATE, output, words.toArray(new String[0]));
  }

  /** Waits until a file that a process writes holds {@code text}; fails when that ends before. */
  public static void await(Process process, Path output, String text) throws Exception {
    await(process, output, text, 1);
  }

  /** Waits until it holds it so many times. */
  public static void await(Process process, Path output, String text, int times) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (count(Files.readString(output, StandardCharsets.ISO_8859_1), text) < times) {
      if (System.nanoTime() > deadline || process.waitFor(20, TimeUnit.MILLISECONDS)) {
        String all = Files.readString(output, StandardCharsets.ISO_8859_1);
        if (count(all, text) >= times) {
          return;
        }
        fail("no '" + text + "' in: " + all);
      }
    }
  }

  private static int count(String all, String text) {
    int count = 0;
    for (int at = all.indexOf(text); at >= 0; at = all.indexOf(text, at + 1)) {
      count++;
    }
    return count;
  }

  private static String execute(List<String> command, String input) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (var to = process.getOutputStream()) {
        to.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + output);
      }
      return output;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    for (Process child : children) {
      List<ProcessHandle> descendants = child.descendants().toList();
      child.destroyForcibly(); // first: nginx makes a new worker for one that died
      child.onExit().join();
      descendants.forEach(ProcessHandle::destroyForcibly);
    }
    for (Host host : Host.values()) {
      execute(List.of("ip", "netns", "delete", namespace(host)), "");
    }
  }
}
