package dev.tiaki.netfilter.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.tiaki.netfilter.conntrack.Prefix;
import dev.tiaki.netfilter.nftables.check.DocumentCheck;
import dev.tiaki.netfilter.nftables.json.NftReader;
import dev.tiaki.netfilter.nftables.json.NftWriter;
import dev.tiaki.netfilter.nftables.model.NftDocument;
import dev.tiaki.netfilter.nftables.version.NftVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The three examples of rules in the guide, written, checked and given to nft. */
class NftablesExamplesTest {
  private static final NftDocument FIREWALL = HostFirewall.of(Prefix.parse("192.0.2.0/24"));
  private static final NftDocument QUARANTINE = Quarantine.of(Duration.ofMinutes(10));
  private static final NftDocument FORWARDS =
      PortForwards.of(
          Prefix.parse("10.0.0.0/8"),
          "lo",
          Map.of(80, InetAddress.ofLiteral("10.0.0.80"), 443, InetAddress.ofLiteral("10.0.0.43")));

  static Stream<NftDocument> documents() {
    return Stream.of(FIREWALL, QUARANTINE, FORWARDS);
  }

  @Test
  void the_web_rule_reads_as_nft_writes_it() {
    assertThat(NftWriter.DEFAULT.toText(FIREWALL))
        .contains(
            """
            {"add":{"rule":{"family":"inet","table":"guard","chain":"inbound","comment":"the web",\
            "expr":[{"match":{"op":"==","left":{"payload":{"protocol":"tcp","field":"dport"}},\
            "right":{"set":[80,443]}}},{"accept":null}]}}}\
            """);
  }

  @Test
  void the_mark_is_changed_under_a_mask() {
    assertThat(NftWriter.DEFAULT.toText(QUARANTINE))
        .contains(
            """
            {"mangle":{"key":{"ct":{"key":"mark"}},"value":{"|":[{"&":[{"ct":{"key":"mark"}},\
            4294967055]},32]}}}\
            """);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void every_release_takes_it(NftDocument document) {
    assertThat(DocumentCheck.of(NftVersion.V1_0_6).check(document)).isEmpty();
    assertThat(DocumentCheck.of(NftVersion.CURRENT).check(document)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void what_is_written_reads_back_the_same(NftDocument document) {
    byte[] json = NftWriter.DEFAULT.toBytes(document);

    assertThat(NftReader.strict(NftVersion.V1_0_6).read(json).orThrow()).isEqualTo(document);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void nft_itself_takes_it(NftDocument document) throws Exception {
    requireNft();
    Path file = Files.createTempFile("example", ".json");
    try (OutputStream stream = Files.newOutputStream(file)) {
      NftWriter.DEFAULT.write(document, stream);
    }
    try {
      Process nft =
          new ProcessBuilder("unshare", "-n", "nft", "-c", "-j", "-f", file.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(nft.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(nft.waitFor()).as(said).isZero();
      assertThat(said).isEmpty();
    } finally {
      Files.delete(file);
    }
  }

  private static void requireNft() throws IOException {
    boolean isRoot = Files.isWritable(Path.of("/proc/sys/net/ipv4/ip_forward"));
    boolean isThere = Files.exists(Path.of("/usr/sbin/nft"));
    if (isRoot && isThere) {
      return;
    }
    String reason = "needs root and nft: root=" + isRoot + " nft=" + isThere;
    if (System.getenv("CI") != null) {
      fail(reason);
    }
    abort(reason);
  }
}
