package dev.tiaki.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.cli.lab.Lab;
import dev.tiaki.cli.lab.Lab.Host;
import dev.tiaki.netfilter.netlink.NetworkNamespace;
import dev.tiaki.netfilter.queue.QueueStatistics;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A lab with nginx on its server and, on its gate, the program with rules of a test. */
final class Guarded implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final Pattern COUNTER = Pattern.compile("packets (\\d+)");

  /** Counts the resets that arrive. */
  private static final String WATCH =
      """
      table inet watch {
        chain pre {
          type filter hook prerouting priority -300
          tcp flags & rst == rst counter
        }
      }
      """;

  /** What nginx serves has no length: its end is the end of the connection. */
  private static final String NGINX =
      """
      daemon off;
      worker_processes 1;
      pid FOLDER/nginx.pid;
      error_log FOLDER/error.log;
      events { worker_connections 2048; }
      http {
        access_log off;
        keepalive_timeout 0;
        send_timeout 300s;
        client_header_timeout 300s;
        types { text/plain txt; }
        client_body_temp_path FOLDER/body;
        proxy_temp_path FOLDER/proxy;
        fastcgi_temp_path FOLDER/fastcgi;
        uwsgi_temp_path FOLDER/uwsgi;
        scgi_temp_path FOLDER/scgi;
        server {
          listen 80;
          listen [::]:80;
          root FOLDER/www;
          ssi on;
          ssi_types text/plain;
        }
      }
      """;

  private final Path folder;
  private final Lab lab = Lab.up("nginx", "curl");
  private final Path output;
  private Process guard;

  Guarded(Path folder) throws IOException {
    this.folder = folder;
    output = folder.resolve("output.txt");
    Files.createDirectories(folder.resolve("www"));
    // nginx drops its privileges: its worker has to get at the files
    for (Path up = folder; up != null && up.getNameCount() > 1; up = up.getParent()) {
      up.toFile().setExecutable(true, false);
    }
    Files.writeString(
        folder.resolve("nginx.conf"), NGINX.replace("FOLDER", folder.toString()) + "\n");
    lab.start(
        Host.SERVER,
        folder.resolve("nginx.txt"),
        "nginx",
        "-p",
        folder.toString(),
        "-c",
        folder.resolve("nginx.conf").toString());
    lab.nft(Host.CLIENT, WATCH);
    lab.nft(Host.SERVER, WATCH);
  }

  Lab lab() {
    return lab;
  }

  Guarded serving(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("www").resolve(name), text);
    file.toFile().setReadable(true, false);
    return this;
  }

  /** Makes the gate's port 8000 the server's port 80, the gate being the client of all of them. */
  Guarded translating() {
    lab.nft(
        Host.GATE,
        """
        table ip gateway {
          chain pre {
            type nat hook prerouting priority -100
            tcp dport 8000 dnat to 198.51.100.2:80
          }
          chain out {
            type nat hook output priority -100
          }
          chain post {
            type nat hook postrouting priority 100
            oifname "down0" masquerade
          }
        }
        """);
    return this;
  }

  /** Starts the program with these rules. */
  Guarded with(String rules, String... more) throws Exception {
    Path file = Files.writeString(folder.resolve("rules.lua"), rules);
    List<String> words = new ArrayList<>(List.of("run", "-r", file.toString()));
    words.addAll(List.of(more));
    guard = lab.tiaki(output, words.toArray(new String[0]));
    Lab.await(guard, output, "tiaki run: ready");
    return this;
  }

  /** What came of a transfer. */
  record Transfer(int exitStatus, String body) {}

  /** Fetches {@code path} from the server, for at most {@code seconds}. */
  Transfer fetch(String server, String path, int seconds) throws Exception {
    Path body = folder.resolve("body.txt");
    Process curl =
        lab.start(
            Host.CLIENT,
            folder.resolve("curl.txt"),
            "curl",
            "-0sgm",
            Integer.toString(seconds),
            "-o",
            body.toString(),
            "http://" + server + path);
    int status = curl.waitFor();
    String text = Files.exists(body) ? Files.readString(body, StandardCharsets.US_ASCII) : "";
    Files.deleteIfExists(body);
    return new Transfer(status, text);
  }

  /** Fetches {@code path} so many times at once and returns how often the body was {@code text}. */
  int fetchAtOnce(String server, String path, int times, String text) throws Exception {
    Path bodies = Files.createDirectories(folder.resolve("bodies"));
    Process curl =
        lab.start(
            Host.CLIENT,
            folder.resolve("curl.txt"),
            "curl",
            "-0s",
            "--no-progress-meter",
            "-m",
            "170",
            "--parallel",
            "--parallel-immediate",
            "--parallel-max",
            "200",
            "-o",
            bodies + "/#1",
            "--resolve",
            "server.test:80:" + server.replaceAll("[\\[\\]]", ""),
            "http://server.test" + path + "?n=[1-" + times + "]");
    curl.waitFor();
    int right = 0;
    for (int i = 1; i <= times; i++) {
      Path body = bodies.resolve(Integer.toString(i));
      right += Files.exists(body) && Files.readString(body).equals(text) ? 1 : 0;
      Files.deleteIfExists(body);
    }
    return right;
  }

  /** Returns a socket for datagrams on the client. */
  DatagramSocket datagrams() throws IOException {
    return NetworkNamespace.named(lab.namespace(Host.CLIENT)).call(DatagramSocket::new);
  }

  /** Runs the program once more on the gate and returns what it prints. */
  String tiaki(String... words) throws Exception {
    Path printed = folder.resolve("printed.txt");
    assertThat(lab.tiaki(printed, words).waitFor()).isZero();
    return Files.readString(printed, StandardCharsets.ISO_8859_1);
  }

  /** Returns what the program printed so far. */
  String output() throws IOException {
    return Files.readString(output, StandardCharsets.ISO_8859_1);
  }

  /** Waits until the program has printed {@code text}. */
  void printed(String text) throws Exception {
    Lab.await(guard, output, text);
  }

  /** Waits for something that will happen. */
  static void eventually(String what, BooleanSupplier happened) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!happened.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(10_000_000);
    }
  }

  /** Returns how many resets arrived at a host. */
  long resetsAt(Host host) {
    return counter(lab.run(host, "nft", "list", "table", "inet", "watch"));
  }

  /** Returns how many packets the kernel dropped on the gate by mark. */
  long droppedByMark() {
    String rules = lab.run(Host.GATE, "nft", "list", "ruleset");
    return rules.lines().filter(line -> line.contains("drop")).mapToLong(Guarded::counter).sum();
  }

  private static long counter(String text) {
    Matcher matcher = COUNTER.matcher(text);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }

  /** Returns what the kernel says about the queue. */
  QueueStatistics queue() {
    try {
      QueueStatistics queue =
          QueueStatistics.read(NetworkNamespace.named(lab.namespace(Host.GATE)), 0);
      assertThat(queue).as("queue 0 is served").isNotNull();
      return queue;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Stops the program as a person does and returns everything that it printed. */
  String stop() throws Exception {
    lab.run(Host.GATE, "kill", "-TERM", Long.toString(guard.pid()));
    assertThat(guard.waitFor(60, TimeUnit.SECONDS)).as("stopped").isTrue();
    assertThat(guard.exitValue()).as(output()).isZero();
    return output();
  }

  @Override
  public void close() {
    lab.close();
  }
}
