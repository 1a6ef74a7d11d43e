package dev.tiaki.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.cli.lab.Lab;
import dev.tiaki.netfilter.netlink.NetworkNamespace;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A queue of eight packets, before a rule that waits at the first one. */
class QueueOverflowTest {
  private static final int PORT = 7001;
  private static final int SENT = 100;

  @TempDir Path folder;
  private Lab lab;
  private Path output;
  private Path release;
  private Process tiaki;
  private DatagramSocket server;

  @BeforeEach
  void raise() throws IOException {
    lab = Lab.up("iptables-restore", "ip6tables-restore");
    // or its host would answer each datagram by an ICMP error, which is queued too
    server =
        NetworkNamespace.named(lab.namespace(Lab.Host.SERVER)).call(() -> new DatagramSocket(PORT));
    output = Files.createFile(folder.resolve("output"));
    release = folder.resolve("release");
    Files.writeString(
        folder.resolve("rules.lua"),
        """
        local udp = require('protocol/udp')
        haka.rule{
          on = udp.events.receive_packet,
          eval = function (pkt) os.execute('while [ ! -e %s ]; do sleep 0.02; done') end
        }
        """
            .formatted(release));
  }

  @AfterEach
  void lower() throws IOException {
    Files.writeString(release, "");
    server.close();
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
            "0",
            "--queue-length",
            "8");
    Lab.await(tiaki, output, "ready, serving queue 0");
  }

  private void flood() throws IOException {
    NetworkNamespace.named(lab.namespace(Lab.Host.CLIENT))
        .call(() -> {
          try (DatagramSocket socket = new DatagramSocket()) {
            byte[] data = new byte[10];
            for (int i = 0; i < SENT; i++) {
              socket.send(
                  new DatagramPacket(data, data.length, InetAddress.ofLiteral(Lab.SERVER4), PORT));
            }
          }
          return SENT;
        });
  }

  private String end() throws Exception {
    Files.writeString(release, "");
    tiaki.destroy();
    assertThat(tiaki.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Files.readString(output);
  }

  private static long number(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  @Test
  void what_finds_the_queue_full_is_dropped_counted_and_told() throws Exception {
    guard("closed");
    flood();
    Lab.await(tiaki, output, "packets were dropped, no rule saw them");
    String text = end();
    long full = number(text, "packets that found the queue full: (\\d+)");
    long seen = number(text, "(?m)^(\\d+) packets, ");
    assertThat(full).isPositive();
    assertThat(seen + full).isEqualTo(SENT);
    assertThat(number(text, "queue overflow: (\\d+) packets")).isBetween(1L, full);
  }

  @Test
  void what_passes_a_full_queue_unseen_is_told_though_the_kernel_does_not_count_it()
      throws Exception {
    guard("open");
    flood();
    Lab.await(tiaki, output, "a queue is full, and what comes meanwhile passes; no rule sees it");
    String text = end();
    assertThat(number(text, "times that a full queue let packets pass unseen: (\\d+)"))
        .isPositive();
    assertThat(number(text, "(?m)^(\\d+) packets, ")).isLessThan(SENT);
  }
}
