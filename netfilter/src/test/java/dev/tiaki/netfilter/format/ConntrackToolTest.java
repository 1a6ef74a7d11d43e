package dev.tiaki.netfilter.format;

import static dev.tiaki.netfilter.testing.TestNamespace.CLIENT;
import static dev.tiaki.netfilter.testing.TestNamespace.CLIENT6;
import static dev.tiaki.netfilter.testing.TestNamespace.SERVER;
import static dev.tiaki.netfilter.testing.TestNamespace.SERVER6;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.netfilter.conntrack.Filter;
import dev.tiaki.netfilter.conntrack.Flow;
import dev.tiaki.netfilter.conntrack.FlowSpec;
import dev.tiaki.netfilter.conntrack.IpProtocol;
import dev.tiaki.netfilter.conntrack.KernelConntrack;
import dev.tiaki.netfilter.conntrack.NatTarget;
import dev.tiaki.netfilter.conntrack.ProtocolInfo;
import dev.tiaki.netfilter.conntrack.SctpState;
import dev.tiaki.netfilter.conntrack.Status;
import dev.tiaki.netfilter.conntrack.TcpState;
import dev.tiaki.netfilter.conntrack.TransportKey;
import dev.tiaki.netfilter.conntrack.Tuple;
import dev.tiaki.netfilter.testing.TestNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Our lines against those of conntrack(8) over the same table. */
class ConntrackToolTest {
  private TestNamespace network;
  private KernelConntrack table;

  @BeforeEach
  void open() throws IOException {
    network = TestNamespace.tracking();
    table = network.conntrack();
  }

  @AfterEach
  void close() {
    if (table != null) {
      table.close();
      network.close();
    }
  }

  private List<Flow> flows() throws IOException {
    try (Stream<Flow> flows = table.dump(Filter.ALL)) {
      return flows.toList();
    }
  }

  private List<String> tool(String... words) throws IOException {
    String command = "conntrack " + String.join(" ", words) + " 2>/dev/null";
    return network.run("sh", "-c", command).lines().toList();
  }

  /** 2 000 flows of every protocol, family, state, zone and translation. */
  private void fill() throws IOException {
    for (int i = 0; i < 400; i++) {
      table.create(
          FlowSpec.of(Tuple.tcp(CLIENT, 1000 + i, SERVER, 80), 10_000 + i)
              .withMark(i * 1_000_003L & 0xffffffffL)
              .withProtocolInfo(ProtocolInfo.Tcp.of(TcpState.of(i % 10)))
              .withStatus(i % 3 == 0 ? Status.SEEN_REPLY | Status.ASSURED : 0));
      table.create(
          FlowSpec.of(Tuple.udp(CLIENT6, 1000 + i, SERVER6, 53), 10_000)
              .withZone(i % 3)
              .withStatus(i % 2 == 0 ? Status.SEEN_REPLY : 0));
      table.create(
          FlowSpec.of(Tuple.ports(IpProtocol.SCTP, CLIENT, 1000 + i, SERVER, 9), 10_000)
              .withProtocolInfo(new ProtocolInfo.Sctp(SctpState.of(i % 8), i, i + 1)));
      table.create(
          FlowSpec.of(Tuple.udp(CLIENT, 1000 + i, InetAddress.ofLiteral("192.0.2.9"), 53), 10_000)
              .withDestinationNat(new NatTarget(SERVER, 5353)));
    }
    for (int i = 0; i < 100; i++) {
      table.create(FlowSpec.of(icmp(CLIENT, SERVER, IpProtocol.ICMP, 8, i), 10_000));
      table.create(FlowSpec.of(icmp(CLIENT6, SERVER6, IpProtocol.ICMPV6, 128, i), 10_000));
      table.create(FlowSpec.of(Tuple.ports(IpProtocol.GRE, CLIENT, i, SERVER, i + 1), 10_000));
      table.create(
          FlowSpec.of(Tuple.ports(IpProtocol.UDPLITE, CLIENT6, i, SERVER6, i + 1), 10_000));
    }
  }

  private static Tuple icmp(InetAddress from, InetAddress to, int protocol, int type, int id) {
    return new Tuple(from, to, protocol, new TransportKey.Icmp(type, 0, id), Tuple.NO_ZONE);
  }

  @Test
  void two_thousand_mixed_flows_are_listed_as_conntrack_lists_them() throws IOException {
    network.setting("acct", "1");
    network.setting("timestamp", "1");
    fill();
    network.udpAnswered(CLIENT, SERVER, 1053);
    network.ping(SERVER);
    try (var _ = network.tcp(CLIENT, SERVER, 81)) {
      Map<String, List<String>> expected = fieldsById(tool("-L", "-o", "id,extended"));
      Instant now = Instant.now();
      Map<String, List<String>> ours =
          fieldsById(flows().stream().map(flow -> FlowText.EXTENDED.line(flow, now)).toList());
      assertThat(expected).hasSizeGreaterThan(2000);
      assertThat(ours.keySet()).isEqualTo(expected.keySet());
      for (Map.Entry<String, List<String>> line : expected.entrySet()) {
        assertThat(ours.get(line.getKey())).isEqualTo(line.getValue());
      }
    }
  }

  /** The words of each line by its id; the seconds that pass between two looks are left out. */
  private static Map<String, List<String>> fieldsById(List<String> lines) {
    Map<String, List<String>> byId = new TreeMap<>();
    for (String line : lines) {
      List<String> words = new ArrayList<>(List.of(line.trim().split("\\s+")));
      words.set(4, "timeout");
      words.removeIf(word -> word.startsWith("delta-time="));
      byId.put(words.getLast(), words);
    }
    return byId;
  }

  @Test
  void saved_flows_read_as_conntracks_and_come_back_the_same() throws IOException {
    fill();
    List<String> ours = flows().stream().map(SaveFormat::line).map(this::plain).toList();
    List<String> theirs = tool("-L", "-o", "save").stream().map(this::plain).toList();
    assertThat(ours).hasSameSizeAs(theirs);
    assertThat(ours).filteredOn(line -> !theirs.contains(line)).isEmpty();
    List<String> saved = flows().stream().map(SaveFormat::line).toList();
    List<String> ageless = saved.stream().map(ConntrackToolTest::ageless).toList();
    table.flush();
    for (String line : saved) {
      table.create(SaveFormat.parse(line));
    }
    assertThat(flows().stream().map(SaveFormat::line).map(ConntrackToolTest::ageless))
        .filteredOn(line -> !ageless.contains(line))
        .isEmpty();
    assertThat(flows()).hasSameSizeAs(ageless);
  }

  @Test
  void zones_of_one_direction_are_saved_and_come_back() throws IOException {
    network.nft(
        """
        table inet zones {
          chain output {
            type filter hook output priority -300;
            udp dport 78 ct original zone set 4
            udp dport 79 ct zone set 5
          }
          chain prerouting {
            type filter hook prerouting priority -300;
            udp dport 78 ct original zone set 4
            udp dport 79 ct zone set 5
          }
        }
        """);
    network.udp(CLIENT, SERVER, 78);
    network.udp(CLIENT, SERVER, 79);
    List<String> saved = flows().stream().map(SaveFormat::line).toList();
    assertThat(saved).anyMatch(line -> line.contains("--orig-zone 4 -s"));
    List<String> before = withoutTimeAndId();
    table.flush();
    for (String line : saved) {
      table.create(SaveFormat.parse(line));
    }
    assertThat(withoutTimeAndId()).hasSize(2).isEqualTo(before);
    table.create(SaveFormat.parse("-A -t 9 --reply-zone 7 -s 192.0.2.1 -d 192.0.2.2 -p 99"));
    assertThat(flows())
        .filteredOn(flow -> flow.protocol() == 99)
        .singleElement()
        .satisfies(flow -> assertThat(flow.reply().zone()).isEqualTo(7));
  }

  private List<String> withoutTimeAndId() throws IOException {
    return flows().stream()
        .map(flow -> SaveFormat.line(flow).replaceFirst("-t \\d+", ""))
        .sorted()
        .toList();
  }

  /** conntrack's lines have no mark, and its verification tags are in the wrong byte order. */
  private String plain(String line) {
    return ageless(line).replaceAll(" (-m|--orig-vtag|--reply-vtag) \\d+", "");
  }

  private static String ageless(String line) {
    return line.strip().replaceFirst("-t \\d+", "-t 0");
  }
}
