package dev.tiaki.netfilter.conntrack;

import static dev.tiaki.netfilter.testing.TestNamespace.CLIENT;
import static dev.tiaki.netfilter.testing.TestNamespace.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayConntrackTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Tuple UP = Tuple.tcp(CLIENT, 40_000, SERVER, 80);
  private static final Tuple DOWN = UP.mirrored();

  private final ReplayConntrack table = new ReplayConntrack(100);
  private long now = SECOND;

  private void packet(Tuple tuple) {
    now += SECOND / 100;
    table.observe(tuple, null, 60, now);
  }

  @Test
  void entries_end_when_their_time_is_over_and_not_before() {
    Tuple udp = Tuple.udp(CLIENT, 1, SERVER, 53);
    packet(udp);
    now += 29 * SECOND;
    table.advanceTo(now);
    packet(udp.mirrored());
    // the first answer is no stream yet
    assertThat(table.get(udp, 0).orElseThrow().timeoutSeconds()).isEqualTo(30);
    packet(udp);
    // answered for more than two seconds: a stream, 120 seconds
    table.advanceTo(now + 119 * SECOND);
    assertThat(table.stats().entries()).isEqualTo(1);
    table.advanceTo(now + 121 * SECOND);
    assertThat(table.stats().entries()).isZero();
  }

  @Test
  void requests_of_icmp_begin_a_flow_and_nothing_else_of_it_does() {
    Tuple echo =
        new Tuple(CLIENT, SERVER, IpProtocol.ICMP, new TransportKey.Icmp(8, 0, 7), Tuple.NO_ZONE);
    assertThat(table.observe(echo.mirrored(), null, 84, now)).isFalse();
    assertThat(table.observe(echo, null, 84, now)).isTrue();
    assertThat(table.observe(echo.mirrored(), null, 84, now)).isTrue();
    Flow flow = table.get(echo, 0).orElseThrow();
    assertThat(flow.status().has(Status.SEEN_REPLY)).isTrue();
    assertThat(flow.timeoutSeconds()).isEqualTo(30);
    assertThat(table.nanos()).isEqualTo(now);
  }

  @Test
  void a_translated_flow_that_is_made_answers_from_its_new_ends() throws IOException {
    table.create(FlowSpec.of(UP, 100).withDestinationNat(new NatTarget(CLIENT, 8080)));
    Flow flow = table.get(UP, 0).orElseThrow();
    assertThat(flow.reply()).isEqualTo(Tuple.tcp(CLIENT, 8080, CLIENT, 40_000));
    assertThat(flow.status().has(Status.DESTINATION_NAT)).isTrue();
  }

  @Test
  void the_oldest_makes_room_when_the_table_is_full_and_that_is_counted() {
    for (int i = 0; i < 150; i++) {
      packet(Tuple.udp(CLIENT, 1 + i, SERVER, 53));
    }
    assertThat(table.stats().entries()).isEqualTo(100);
    assertThat(table.evictions()).isEqualTo(50);
    assertThat(table.get(Tuple.udp(CLIENT, 50, SERVER, 53), 0)).isEmpty();
    assertThat(table.get(Tuple.udp(CLIENT, 51, SERVER, 53), 0)).isPresent();
  }

  @Test
  void changes_and_events_are_those_of_the_kernels_table() throws IOException {
    List<String> told = new ArrayList<>();
    try (EventSubscription subscription =
        table.listen(
            EnumSet.allOf(EventKind.class),
            Filter.ALL,
            ListenOptions.DEFAULTS,
            event -> told.add(((ConntrackEvent.OfFlow) event).kind().toString()))) {
      table.create(FlowSpec.of(UP, 100).withMark(0xf0));
      assertThatThrownBy(() -> table.create(FlowSpec.of(UP, 100))).hasMessageContaining("EEXIST");
      table.update(DOWN, 0, FlowUpdate.mark(0x5, 0xf).withLabels(Labels.of(3), null));
      Flow flow = subscription.mirror().getFirst();
      assertThat(flow.mark()).isEqualTo(0xf5);
      assertThat(flow.labels()).isEqualTo(Labels.of(3));
      assertThat(table.delete(flow)).isEqualTo(DeleteResult.DELETED);
      assertThat(table.delete(flow)).isEqualTo(DeleteResult.ALREADY_GONE);
      assertThatThrownBy(() -> table.update(UP, 0, FlowUpdate.timeout(1)))
          .isInstanceOf(ConntrackNotFound.class);
    }
    packet(Tuple.udp(CLIENT, 1, SERVER, 53));
    assertThat(told).containsExactly("NEW", "UPDATE", "DESTROY");
  }
}
