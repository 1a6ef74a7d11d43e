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

  private String packet(Tuple tuple, int flags) {
    now += SECOND / 100;
    return table.observe(tuple, flags, 60, now).stateName();
  }

  @Test
  void a_connection_passes_the_kernels_states() {
    assertThat(packet(UP, TcpFlags.SYN)).isEqualTo("SYN_SENT");
    assertThat(packet(DOWN, TcpFlags.SYN | TcpFlags.ACK)).isEqualTo("SYN_RECV");
    assertThat(packet(UP, TcpFlags.ACK)).isEqualTo("ESTABLISHED");
    assertThat(packet(UP, TcpFlags.FIN | TcpFlags.ACK)).isEqualTo("FIN_WAIT");
    assertThat(packet(DOWN, TcpFlags.ACK)).isEqualTo("CLOSE_WAIT");
    assertThat(packet(DOWN, TcpFlags.FIN | TcpFlags.ACK)).isEqualTo("LAST_ACK");
    assertThat(packet(UP, TcpFlags.ACK)).isEqualTo("TIME_WAIT");
    Flow flow = table.get(DOWN, 0).orElseThrow();
    assertThat(flow.original()).isEqualTo(UP);
    assertThat(flow.status().has(Status.SEEN_REPLY | Status.ASSURED)).isTrue();
    assertThat(flow.originalCounters()).isEqualTo(new Counters(4, 240));
    assertThat(flow.replyCounters()).isEqualTo(new Counters(3, 180));
    assertThat(flow.timeoutSeconds()).isEqualTo(120);
    assertThat(packet(UP, TcpFlags.SYN)).isEqualTo("SYN_SENT");
    assertThat(table.get(UP, 0).orElseThrow().id()).isNotEqualTo(flow.id());
  }

  @Test
  void a_reset_closes_and_a_middle_is_picked_up() {
    assertThat(packet(UP, TcpFlags.ACK)).isEqualTo("ESTABLISHED");
    assertThat(table.get(UP, 0)).map(Flow::timeoutSeconds).contains(300L);
    assertThat(packet(DOWN, TcpFlags.RST)).isEqualTo("CLOSE");
    table.advanceTo(now + 11 * SECOND);
    assertThat(table.stats().entries()).isZero();
  }

  @Test
  void entries_end_when_their_time_is_over_and_not_before() {
    Tuple udp = Tuple.udp(CLIENT, 1, SERVER, 53);
    packet(udp, 0);
    now += 29 * SECOND;
    table.advanceTo(now);
    packet(udp.mirrored(), 0);
    // answered for more than two seconds: a stream, 120 seconds
    table.advanceTo(now + 119 * SECOND);
    assertThat(table.stats().entries()).isEqualTo(1);
    table.advanceTo(now + 121 * SECOND);
    assertThat(table.stats().entries()).isZero();
  }

  @Test
  void the_oldest_makes_room_when_the_table_is_full_and_that_is_counted() {
    for (int i = 0; i < 150; i++) {
      packet(Tuple.udp(CLIENT, 1 + i, SERVER, 53), 0);
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
    packet(UP, TcpFlags.SYN);
    assertThat(told).containsExactly("NEW", "UPDATE", "DESTROY");
  }
}
