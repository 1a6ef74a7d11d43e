package dev.tiaki.netfilter.conntrack;

import static dev.tiaki.netfilter.testing.TestNamespace.CLIENT;
import static dev.tiaki.netfilter.testing.TestNamespace.CLIENT6;
import static dev.tiaki.netfilter.testing.TestNamespace.SERVER;
import static dev.tiaki.netfilter.testing.TestNamespace.SERVER6;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.netfilter.netlink.Errno;
import dev.tiaki.netfilter.netlink.NetlinkException;
import dev.tiaki.netfilter.testing.TestNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KernelTableTest {
  private TestNamespace network;
  private KernelConntrack table;

  @BeforeEach
  void open() throws IOException {
    network = TestNamespace.create();
    table = network.conntrack();
  }

  @AfterEach
  void close() {
    if (table != null) {
      table.close();
      network.close();
    }
  }

  private List<Flow> flows(Filter filter) throws IOException {
    try (Stream<Flow> dump = table.dump(filter)) {
      return dump.toList();
    }
  }

  private void createUdp(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      table.create(FlowSpec.of(Tuple.udp(CLIENT, 1000 + i, SERVER, 53), 100));
    }
  }

  @Test
  void without_a_rule_that_asks_nothing_is_tracked() throws IOException {
    network.udp(CLIENT, SERVER, 53);
    assertThat(flows(Filter.ALL)).isEmpty();
    assertThat(table.count(Filter.ALL)).isZero();
  }

  @Test
  void a_rule_that_asks_fills_the_table_with_every_protocol_of_both_families() throws IOException {
    network.nft(TestNamespace.TRACK);
    network.udp(CLIENT, SERVER, 53);
    network.udp(CLIENT6, SERVER6, 53);
    assertThat(network.ping(SERVER)).isTrue();
    assertThat(network.ping(SERVER6)).isTrue();
    try (var _ = network.tcp(CLIENT, SERVER, 80);
        var _ = network.tcp(CLIENT6, SERVER6, 80)) {
      assertThat(flows(Filter.ALL))
          .extracting(flow -> flow.family() + " " + IpProtocol.name(flow.protocol()))
          .contains("IPV4 tcp", "IPV4 udp", "IPV6 tcp", "IPV6 udp", "IPV4 icmp", "IPV6 icmpv6");
      assertThat(flows(Filter.ALL.protocol(IpProtocol.TCP)))
          .hasSize(2)
          .allSatisfy(flow -> {
            assertThat(flow.stateName()).isEqualTo("ESTABLISHED");
            assertThat(flow.status().has(Status.ASSURED)).isTrue();
            assertThat(flow.reply()).isEqualTo(flow.original().mirrored());
          });
    }
  }

  @Test
  void an_echo_carries_type_code_and_identifier() throws IOException {
    network.nft(TestNamespace.TRACK);
    network.ping(SERVER);
    Flow flow = flows(Filter.ALL.protocol(IpProtocol.ICMP)).getFirst();
    assertThat(flow.original().key())
        .isInstanceOfSatisfying(
            TransportKey.Icmp.class,
            icmp -> {
              assertThat(icmp.type()).isEqualTo(8);
              assertThat(flow.reply().key())
                  .isEqualTo(new TransportKey.Icmp(0, icmp.code(), icmp.id()));
            });
  }

  @Test
  void one_flow_is_found_by_either_direction_and_only_in_its_zone() throws IOException {
    Tuple tuple = Tuple.tcp(CLIENT, 1234, SERVER, 80);
    table.create(
        FlowSpec.of(tuple, 60)
            .withZone(7)
            .withProtocolInfo(ProtocolInfo.Tcp.of(TcpState.ESTABLISHED)));
    assertThat(table.get(tuple, 7)).map(Flow::original).contains(tuple);
    assertThat(table.get(tuple.mirrored(), 7)).map(Flow::original).contains(tuple);
    assertThat(table.get(tuple, 0)).isEmpty();
    assertThat(table.get(tuple, 7)).map(Flow::stateName).contains("ESTABLISHED");
  }

  @Test
  void what_exists_is_not_created_again() throws IOException {
    createUdp(1);
    assertThatThrownBy(() -> createUdp(1))
        .isInstanceOfSatisfying(
            NetlinkException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST));
  }

  @Test
  void an_update_of_the_mark_changes_only_the_bits_under_the_mask() throws IOException {
    Tuple tuple = Tuple.udp(CLIENT, 1000, SERVER, 53);
    table.create(FlowSpec.of(tuple, 100).withMark(0xaabbccddL));
    table.update(tuple, 0, FlowUpdate.mark(0x12345678L, 0x0000ff00L));
    assertThat(table.get(tuple, 0)).map(Flow::mark).contains(0xaabb56ddL);
    table.update(tuple, 0, FlowUpdate.mark(0xffffffffL, FlowUpdate.WHOLE_MARK));
    assertThat(table.get(tuple, 0)).map(Flow::mark).contains(0xffffffffL);
    table.update(tuple, 0, FlowUpdate.mark(1, 0));
    assertThat(table.get(tuple, 0)).map(Flow::mark).contains(0xffffffffL);
  }

  @Test
  void timeout_and_status_are_updated_and_what_the_kernel_forbids_is_said() throws IOException {
    Tuple tuple = Tuple.udp(CLIENT, 1000, SERVER, 53);
    table.create(FlowSpec.of(tuple, 100));
    table.update(tuple, 0, FlowUpdate.timeout(5000).withStatus(Status.ASSURED));
    Flow flow = table.get(tuple, 0).orElseThrow();
    assertThat(flow.timeoutSeconds()).isBetween(4990L, 5000L);
    assertThat(flow.status().has(Status.ASSURED)).isTrue();
    assertThatThrownBy(() -> table.update(tuple, 0, FlowUpdate.NOTHING.withStatus(Status.DYING)))
        .isInstanceOfSatisfying(
            NetlinkException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY));
  }

  @Test
  void labels_are_set_where_a_rule_made_room_for_them() throws IOException {
    network.nft(
        """
        table inet track {
          chain output {
            type filter hook output priority 0;
            ct state new ct label set 5
          }
        }
        """);
    int port = network.udp(CLIENT, SERVER, 53);
    Tuple tuple = Tuple.udp(CLIENT, port, SERVER, 53);
    assertThat(table.get(tuple, 0)).map(Flow::labels).contains(Labels.of(5));
    table.update(tuple, 0, FlowUpdate.NOTHING.withLabels(Labels.of(9, 100), null));
    assertThat(table.get(tuple, 0)).map(Flow::labels).contains(Labels.of(9, 100));
    table.update(tuple, 0, FlowUpdate.NOTHING.withLabels(Labels.of(), Labels.of(9)));
    assertThat(table.get(tuple, 0)).map(Flow::labels).contains(Labels.of(100));
    Filter labelled = Filter.ALL.and(new Condition.Label(100));
    assertThat(flows(labelled)).hasSize(1);
    assertThat(flows(Filter.ALL.and(new Condition.Label(9)))).isEmpty();
  }

  @Test
  void updating_what_does_not_exist_is_not_found() {
    Tuple tuple = Tuple.udp(CLIENT, 1000, SERVER, 53);
    assertThatThrownBy(() -> table.update(tuple, 0, FlowUpdate.timeout(1)))
        .isInstanceOf(ConntrackNotFound.class);
  }

  @Test
  void a_stale_entry_does_not_delete_the_new_one_with_its_tuple() throws IOException {
    Tuple tuple = Tuple.udp(CLIENT, 1000, SERVER, 53);
    table.create(FlowSpec.of(tuple, 100));
    Flow old = table.get(tuple, 0).orElseThrow();
    assertThat(table.delete(old)).isEqualTo(DeleteResult.DELETED);
    createElsewhere(tuple, old);
    assertThat(table.delete(old)).isEqualTo(DeleteResult.ALREADY_GONE);
    Flow present = table.get(tuple, 0).orElseThrow();
    assertThat(table.delete(present)).isEqualTo(DeleteResult.DELETED);
    assertThat(table.get(tuple, 0)).isEmpty();
  }

  /** The id is made of the place in memory: others take the place of the old entry first. */
  private void createElsewhere(Tuple tuple, Flow old) throws IOException {
    for (int i = 0; i < 200; i++) {
      table.create(FlowSpec.of(Tuple.udp(CLIENT, 2000 + i, SERVER, 53), 100));
      table.create(FlowSpec.of(tuple, 100));
      Flow present = table.get(tuple, 0).orElseThrow();
      if (present.id() != old.id()) {
        return;
      }
      table.delete(present);
    }
    throw new AssertionError("the kernel reused the same place 200 times");
  }

  @Test
  void a_deletion_hits_the_zone_of_its_flow_only() throws IOException {
    Tuple tuple = Tuple.udp(CLIENT, 1000, SERVER, 53);
    table.create(FlowSpec.of(tuple, 100));
    table.create(FlowSpec.of(tuple, 100).withZone(3));
    assertThat(table.delete(flows(Filter.ALL.zone(3)).getFirst())).isEqualTo(DeleteResult.DELETED);
    assertThat(flows(Filter.ALL)).extracting(Flow::zone).containsExactly(0);
  }

  @Test
  void zones_of_rules_are_told_per_flow_and_per_direction() throws IOException {
    network.nft(
        """
        table inet zones {
          chain output {
            type filter hook output priority -300;
            udp dport 77 ct zone set 3
            udp dport 78 ct original zone set 4
          }
          chain prerouting {
            type filter hook prerouting priority -300;
            udp dport 77 ct zone set 3
            udp dport 78 ct original zone set 4
          }
          chain track {
            type filter hook output priority 0;
            ct state new accept
          }
        }
        """);
    network.udp(CLIENT, SERVER, 77);
    network.udp(CLIENT, SERVER, 78);
    assertThat(flows(Filter.ALL.zone(3))).singleElement().extracting(Flow::zone).isEqualTo(3);
    assertThat(flows(Filter.ALL.zone(4)))
        .singleElement()
        .satisfies(flow -> assertThat(flow.original().zone()).isEqualTo(4))
        .satisfies(flow -> assertThat(flow.reply().zone()).isEqualTo(Tuple.NO_ZONE));
    assertThat(table.deleteAll(Filter.ALL.zone(3)).done()).isEqualTo(1);
    assertThat(table.deleteAll(Filter.ALL.zone(4)).done()).isEqualTo(1);
  }

  @Test
  void many_are_deleted_by_filter_and_the_rest_stays() throws IOException {
    createUdp(700);
    ChangeSummary summary =
        table.deleteAll(
            Filter.ALL.and(new Condition.Port(FlowDirection.REPLY, FlowEnd.DESTINATION, 1000)));
    assertThat(summary).isEqualTo(new ChangeSummary(1, 0, 0, 0));
    table.updateAll(Filter.ALL.source(CLIENT), FlowUpdate.mark(5, 0xf));
    assertThat(table.count(Filter.ALL.mark(5, 0xf))).isEqualTo(699);
    assertThat(table.deleteAll(Filter.ALL.mark(5, 0xf)).done()).isEqualTo(699);
    assertThat(table.stats().entries()).isZero();
  }

  @Test
  void flush_empties_both_families_and_all_zones() throws IOException {
    createUdp(2);
    table.create(FlowSpec.of(Tuple.udp(CLIENT6, 1, SERVER6, 2), 100).withZone(9));
    assertThat(table.stats().entries()).isEqualTo(3);
    assertThat(table.stats().maxEntries()).isPositive();
    table.flush();
    assertThat(flows(Filter.ALL)).isEmpty();
  }

  @Test
  void nat_is_set_up_by_create() throws IOException {
    Tuple tuple = Tuple.udp(CLIENT, 1000, InetAddress.ofLiteral("192.0.2.9"), 53);
    table.create(FlowSpec.of(tuple, 100).withDestinationNat(new NatTarget(SERVER, 5353)));
    Flow flow = flows(Filter.ALL).getFirst();
    assertThat(flow.isDestinationTranslated()).isTrue();
    assertThat(flow.reply()).isEqualTo(Tuple.udp(SERVER, 5353, CLIENT, 1000));
    assertThat(flow.status().has(Status.DESTINATION_NAT)).isTrue();
    assertThat(flows(Filter.ALL.and(new Condition.Translated(Condition.NatKind.DESTINATION))))
        .hasSize(1);
    assertThat(flows(Filter.ALL.and(new Condition.Translated(Condition.NatKind.SOURCE)))).isEmpty();
  }

  @Test
  void counters_are_read_and_zeroed_where_accounting_is_on() throws IOException {
    network.nft(TestNamespace.TRACK);
    network.setting("acct", "1");
    network.setting("timestamp", "1");
    network.udp(CLIENT, SERVER, 53);
    try (Stream<Flow> dump = table.dumpAndZeroCounters(Filter.ALL.protocol(IpProtocol.UDP))) {
      assertThat(dump)
          .singleElement()
          .satisfies(flow -> assertThat(flow.originalCounters()).isEqualTo(new Counters(1, 29)))
          .satisfies(flow -> assertThat(flow.timestamps()).isNotNull());
    }
    assertThat(flows(Filter.ALL.protocol(IpProtocol.UDP)).getFirst().originalCounters())
        .isEqualTo(new Counters(0, 0));
  }

  @Test
  void each_processor_tells_what_it_counted() throws IOException {
    network.nft(TestNamespace.TRACK);
    network.udp(CLIENT, SERVER, 53);
    assertThat(table.cpuStats()).isNotEmpty();
    assertThat(table.expectations()).isEmpty();
  }

  @Test
  void a_namespace_that_is_not_there_is_named_in_the_error() {
    assertThatThrownBy(() -> KernelConntrack.open(ConntrackOptions.inNamespace("tiaki-never-made")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tiaki-never-made");
  }
}
