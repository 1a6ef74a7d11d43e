package dev.tiaki.netfilter.conntrack;

import static dev.tiaki.netfilter.testing.TestNamespace.CLIENT;
import static dev.tiaki.netfilter.testing.TestNamespace.CLIENT6;
import static dev.tiaki.netfilter.testing.TestNamespace.SERVER;
import static dev.tiaki.netfilter.testing.TestNamespace.SERVER6;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.netfilter.testing.TestNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KernelFilterTest {
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

  private Set<FlowIdentity> identities(Filter filter) throws IOException {
    try (Stream<Flow> dump = table.dump(filter)) {
      return dump.map(Flow::identity).collect(Collectors.toSet());
    }
  }

  private static Tuple sctp(int sourcePort, int destinationPort) {
    return Tuple.ports(IpProtocol.SCTP, CLIENT, sourcePort, SERVER, destinationPort);
  }

  @Test
  void an_ipv6_address_returns_the_flows_that_have_it() throws IOException {
    Tuple wanted = Tuple.udp(CLIENT6, 1, SERVER6, 53);
    table.create(FlowSpec.of(wanted, 100));
    table.create(FlowSpec.of(Tuple.udp(SERVER6, 1, CLIENT6, 53), 100));
    assertThat(identities(Filter.ALL.source(CLIENT6)))
        .extracting(FlowIdentity::original)
        .containsExactly(wanted);
    assertThat(table.deleteAll(Filter.ALL.source(CLIENT6)).done()).isEqualTo(1);
    assertThat(identities(Filter.ALL)).hasSize(1);
  }

  @Test
  void ports_of_sctp_gre_and_udplite_are_compared_too() throws IOException {
    table.create(FlowSpec.of(sctp(1, 2), 100));
    table.create(FlowSpec.of(sctp(3, 4), 100));
    for (int protocol : new int[] {IpProtocol.GRE, IpProtocol.UDPLITE}) {
      table.create(FlowSpec.of(Tuple.ports(protocol, CLIENT, 1, SERVER, 2), 100));
      table.create(FlowSpec.of(Tuple.ports(protocol, CLIENT, 3, SERVER, 4), 100));
    }
    for (int protocol : new int[] {IpProtocol.SCTP, IpProtocol.GRE, IpProtocol.UDPLITE}) {
      Filter filter = Filter.ALL.source(CLIENT).protocol(protocol).sourcePort(3);
      assertThat(identities(filter))
          .extracting(flow -> flow.original().destinationPort())
          .containsExactly(4);
    }
  }

  @Test
  void status_without_bits_means_those_that_lack_them() throws IOException {
    table.create(FlowSpec.of(Tuple.udp(CLIENT, 1, SERVER, 2), 100));
    table.create(FlowSpec.of(Tuple.udp(CLIENT, 3, SERVER, 4), 100).withStatus(Status.SEEN_REPLY));
    Filter unreplied = Filter.ALL.and(new Condition.StatusBits(0, Status.SEEN_REPLY));
    assertThat(identities(unreplied))
        .extracting(flow -> flow.original().sourcePort())
        .containsExactly(1);
    assertThat(identities(Filter.ALL.status(Status.SEEN_REPLY)))
        .extracting(flow -> flow.original().sourcePort())
        .containsExactly(3);
  }

  @Test
  void numbers_of_icmp_are_compared_in_both_families() throws IOException {
    for (int i = 0; i < 20; i++) {
      table.create(FlowSpec.of(echo(CLIENT, SERVER, i), 100));
      table.create(FlowSpec.of(echo(CLIENT6, SERVER6, i), 100));
    }
    for (Tuple wanted : List.of(echo(CLIENT, SERVER, 7), echo(CLIENT6, SERVER6, 9))) {
      TransportKey.Icmp key = (TransportKey.Icmp) wanted.key();
      Filter filter =
          Filter.ALL
              .protocol(wanted.protocol())
              .and(new Condition.IcmpNumber(Condition.IcmpField.TYPE, key.type()))
              .and(new Condition.IcmpNumber(Condition.IcmpField.CODE, 0))
              .and(new Condition.IcmpNumber(Condition.IcmpField.ID, key.id()));
      assertThat(identities(filter)).extracting(FlowIdentity::original).containsExactly(wanted);
    }
  }

  private static Tuple echo(InetAddress from, InetAddress to, int id) {
    boolean ipv6 = from.equals(CLIENT6);
    int protocol = ipv6 ? IpProtocol.ICMPV6 : IpProtocol.ICMP;
    return new Tuple(
        from, to, protocol, new TransportKey.Icmp(ipv6 ? 128 : 8, 0, id), Tuple.NO_ZONE);
  }

  @Test
  void a_flush_takes_what_passes_its_filter_and_nothing_else() throws IOException {
    fill(new Random(1));
    Set<FlowIdentity> left = identities(Filter.ALL);
    List<Filter> filters =
        List.of(
            Filter.ALL.mark(3, 3).zone(1), // the kernel chooses
            Filter.ALL.status(Status.SEEN_REPLY).mark(2, 0xffffffffL),
            Filter.ALL.zone(77),
            Filter.ALL.source(SERVER6), // the kernel would take all others
            Filter.ALL.mark(1, 1).family(AddressFamily.IPV6));
    for (Filter filter : filters) {
      left.removeAll(identities(filter));
      table.flush(filter);
      assertThat(identities(Filter.ALL)).as("%s", filter).isEqualTo(left);
    }
    assertThat(left).isNotEmpty();
    table.flush(Filter.ALL);
    assertThat(identities(Filter.ALL)).isEmpty();
  }

  @Test
  void a_flush_asks_the_kernel_whether_it_knows_the_condition() throws IOException {
    Filter filter = Filter.ALL.mark(1, 1).zone(1).status(Status.SEEN_REPLY);
    assertThat(KernelFlush.isExact(filter)).isTrue();
    assertThat(KernelFlush.ask(network.namespace(), filter))
        .isEqualTo(KernelFlush.Answer.NOTHING_THERE);
    fill(new Random(1));
    assertThat(KernelFlush.ask(network.namespace(), filter))
        .isEqualTo(KernelFlush.Answer.UNDERSTOOD);
    Filter family = Filter.ALL.family(AddressFamily.IPV4);
    assertThat(KernelFlush.isExact(family)).isFalse();
    assertThat(KernelFlush.ask(network.namespace(), Filter.ALL.state("NONE")))
        .isEqualTo(KernelFlush.Answer.NOT_UNDERSTOOD);
    assertThat(KernelFlush.isExact(Filter.ALL.mark(1, 1).mark(2, 2))).isFalse();
  }

  /** Whatever goes down to the kernel, the answer is what a filter in user space gives. */
  @Test
  void any_filter_gives_what_comparing_every_flow_gives() throws IOException {
    long seed = Long.getLong("tiaki.seed", System.nanoTime());
    Random random = new Random(seed);
    fill(random);
    List<Flow> all;
    try (Stream<Flow> dump = table.dump(Filter.ALL)) {
      all = dump.toList();
    }
    for (int round = 0; round < 300; round++) {
      Filter filter = Filter.ALL;
      for (int conditions = random.nextInt(5); conditions >= 0; conditions--) {
        filter = filter.and(condition(random));
      }
      Filter chosen = filter;
      Set<FlowIdentity> expected =
          all.stream().filter(chosen::matches).map(Flow::identity).collect(Collectors.toSet());
      assertThat(identities(chosen)).as("-Dtiaki.seed=%d %s", seed, chosen).isEqualTo(expected);
    }
  }

  private void fill(Random random) throws IOException {
    List<Tuple> tuples = new ArrayList<>();
    int[] protocols = {
      IpProtocol.TCP, IpProtocol.UDP, IpProtocol.SCTP, IpProtocol.UDPLITE, IpProtocol.GRE
    };
    for (int i = 0; i < 120; i++) {
      boolean ipv6 = random.nextBoolean();
      InetAddress from = address(random, ipv6);
      InetAddress to = address(random, ipv6);
      int protocol = protocols[random.nextInt(protocols.length)];
      tuples.add(Tuple.ports(protocol, from, 1 + i, to, 1 + random.nextInt(3)));
    }
    for (int i = 0; i < 20; i++) {
      TransportKey echo = new TransportKey.Icmp(8, 0, i);
      tuples.add(new Tuple(CLIENT, SERVER, IpProtocol.ICMP, echo, Tuple.NO_ZONE));
      TransportKey echo6 = new TransportKey.Icmp(128, 0, i);
      tuples.add(new Tuple(CLIENT6, SERVER6, IpProtocol.ICMPV6, echo6, Tuple.NO_ZONE));
    }
    for (Tuple tuple : tuples) {
      table.create(
          FlowSpec.of(tuple, 1000)
              .withMark(random.nextInt(4))
              .withZone(random.nextInt(2))
              .withStatus(random.nextBoolean() ? Status.SEEN_REPLY : 0));
    }
  }

  private static InetAddress address(Random random, boolean ipv6) {
    if (ipv6) {
      return random.nextBoolean() ? CLIENT6 : SERVER6;
    }
    return random.nextBoolean() ? CLIENT : SERVER;
  }

  private static Condition icmp(Random random) {
    Condition.IcmpField field = Condition.IcmpField.values()[random.nextInt(3)];
    return new Condition.IcmpNumber(
        field,
        switch (field) {
          case TYPE -> random.nextBoolean() ? 8 : 128;
          case CODE -> random.nextInt(2);
          case ID -> random.nextInt(20);
        });
  }

  private static Condition condition(Random random) {
    FlowDirection direction = random.nextBoolean() ? FlowDirection.ORIGINAL : FlowDirection.REPLY;
    FlowEnd end = random.nextBoolean() ? FlowEnd.SOURCE : FlowEnd.DESTINATION;
    return switch (random.nextInt(9)) {
      case 0 -> new Condition.OfFamily(AddressFamily.values()[random.nextInt(2)]);
      case 1 -> new Condition.OfProtocol(random.nextBoolean() ? IpProtocol.SCTP : IpProtocol.UDP);
      case 2 -> {
        InetAddress address = address(random, random.nextBoolean());
        int bits = address.getAddress().length * 8;
        yield new Condition.Address(direction, end, new Prefix(address, bits - random.nextInt(2)));
      }
      case 3 -> new Condition.Port(direction, end, 1 + random.nextInt(3));
      case 4 -> new Condition.Mark(random.nextInt(4), random.nextBoolean() ? 3 : 0xffffffffL);
      case 5 -> new Condition.InZone(random.nextInt(2));
      case 6 -> icmp(random);
      case 7 ->
          new Condition.OfProtocol(random.nextBoolean() ? IpProtocol.ICMP : IpProtocol.ICMPV6);
      default -> new Condition.StatusBits(0, Status.SEEN_REPLY);
    };
  }
}
