package dev.tiaki.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.cli.lab.EchoLoad;
import dev.tiaki.cli.lab.Lab;
import dev.tiaki.netfilter.netlink.NetworkNamespace;
import dev.tiaki.netfilter.raw.RawSender;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Live packets that the engine cannot take apart. */
class UnparsedPacketsTest {
  /** From the client to the server, the protocol and the identification are to be filled in. */
  private static final String IPV4 = "45000028%04x4000%s%02x0000c0000202c6336402";

  /** A TCP header that says it has 8 octets, and one of 20. */
  private static final String BROKEN_TCP = "03e8232800000001000000002002200000000000";

  private static final String GOOD_TCP = "03e8232800000001000000005002200000000000";

  @TempDir Path folder;
  private Lab lab;
  private Path output;
  private Process tiaki;

  @BeforeEach
  void guard() throws Exception {
    lab = Lab.up("iptables-restore", "ip6tables-restore");
    output = Files.createFile(folder.resolve("output"));
    Path rules = Files.writeString(folder.resolve("rules.lua"), "");
    lab.nft(
        Lab.Host.SERVER,
        """
        table ip watch {
          chain pre {
            type filter hook prerouting priority -300
            ip id 1 counter
            ip id 2 counter
            ip id 3 counter
          }
        }
        """);
    tiaki = lab.tiaki(output, "run", "-r", rules.toString());
    Lab.await(tiaki, output, "ready, serving queue 0");
  }

  @AfterEach
  void lower() {
    lab.close();
  }

  private void send(int id, int protocol, String payload) throws IOException {
    byte[] packet = HexFormat.of().parseHex(IPV4.formatted(id, "40", protocol) + payload);
    try (RawSender raw =
        RawSender.open(NetworkNamespace.named(lab.namespace(Lab.Host.CLIENT)), 1)) {
      assertThat(raw.send(packet, 0, packet.length)).isZero();
    }
  }

  private long arrived(int id) {
    String rules = lab.run(Lab.Host.SERVER, "nft", "list", "table", "ip", "watch");
    Matcher counter = Pattern.compile("ip id " + id + " counter packets (\\d+)").matcher(rules);
    assertThat(counter.find()).as(rules).isTrue();
    return Long.parseLong(counter.group(1));
  }

  private String printed() throws IOException {
    return Files.readString(output, StandardCharsets.ISO_8859_1);
  }

  @Test
  void malformed_packets_are_dropped_and_told_and_others_pass() throws Exception {
    send(1, 6, BROKEN_TCP);
    send(2, 132, GOOD_TCP);
    send(3, 253, "00".repeat(20));
    Guarded.eventually("a protocol without dissector passes", () -> arrived(3) == 1);
    assertThat(arrived(2)).isEqualTo(1);
    assertThat(arrived(1)).isZero();
    try (EchoLoad load = EchoLoad.serve(lab);
        Socket socket = load.connect()) {
      assertThat(EchoLoad.ask(socket, "as usual")).isEqualTo("as usual");
    }
    tiaki.destroy();
    assertThat(tiaki.waitFor()).as(printed()).isZero();
    assertThat(printed()).contains("alert: ", "severity = low").containsPattern("malformed");
  }
}
