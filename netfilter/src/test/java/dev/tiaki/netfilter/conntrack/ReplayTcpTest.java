package dev.tiaki.netfilter.conntrack;

import static dev.tiaki.netfilter.testing.TestNamespace.CLIENT;
import static dev.tiaki.netfilter.testing.TestNamespace.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** TCP connections packet by packet, as Linux's tracker sees them. */
class ReplayTcpTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Tuple UP = Tuple.tcp(CLIENT, 40_000, SERVER, 80);
  private static final Tuple DOWN = UP.mirrored();
  private static final int ACK = TcpFlags.ACK;
  private static final int FIN_ACK = TcpFlags.FIN | ACK;
  private static final int SYN_ACK = TcpFlags.SYN | ACK;

  private final ReplayConntrack table = new ReplayConntrack(100);
  private final int[] next = {1000, 5000};
  private long now = SECOND;

  private boolean send(Tuple from, int flags, int bytes) {
    int self = from == UP ? 0 : 1;
    now += SECOND / 100;
    TcpSegment segment =
        new TcpSegment(flags, next[self], (flags & ACK) == 0 ? 0 : next[1 - self], 500, bytes);
    next[self] = segment.end();
    return table.observe(from, segment, 40 + bytes, now);
  }

  private String state(Tuple from, int flags, int bytes) {
    send(from, flags, bytes);
    return table.get(UP, 0).map(Flow::stateName).orElse("gone");
  }

  private long timeout() {
    return table.get(UP, 0).orElseThrow().timeoutSeconds();
  }

  private boolean isAssured() {
    return table.get(UP, 0).orElseThrow().status().has(Status.ASSURED);
  }

  private void open() {
    assertThat(state(UP, TcpFlags.SYN, 0)).isEqualTo("SYN_SENT");
    assertThat(timeout()).isEqualTo(120);
    assertThat(state(DOWN, SYN_ACK, 0)).isEqualTo("SYN_RECV");
    assertThat(timeout()).isEqualTo(60);
    assertThat(isAssured()).isFalse();
    assertThat(state(UP, ACK, 0)).isEqualTo("ESTABLISHED");
    assertThat(timeout()).isEqualTo(432_000);
    assertThat(isAssured()).isTrue();
  }

  @Test
  void a_connection_passes_the_kernels_states() {
    open();
    assertThat(state(UP, FIN_ACK, 0)).isEqualTo("FIN_WAIT");
    assertThat(timeout()).isEqualTo(120);
    assertThat(state(DOWN, ACK, 0)).isEqualTo("CLOSE_WAIT");
    assertThat(timeout()).isEqualTo(60);
    assertThat(state(DOWN, FIN_ACK, 0)).isEqualTo("LAST_ACK");
    assertThat(timeout()).isEqualTo(30);
    assertThat(state(UP, ACK, 0)).isEqualTo("TIME_WAIT");
    assertThat(timeout()).isEqualTo(120);
    Flow flow = table.get(DOWN, 0).orElseThrow();
    assertThat(flow.original()).isEqualTo(UP);
    assertThat(flow.originalCounters()).isEqualTo(new Counters(4, 160));
    assertThat(flow.replyCounters()).isEqualTo(new Counters(3, 120));
  }

  @Test
  void data_that_nobody_acknowledged_shortens_the_timeout() {
    open();
    send(UP, ACK, 100);
    assertThat(timeout()).isEqualTo(300);
    send(DOWN, ACK, 0);
    assertThat(timeout()).isEqualTo(432_000);
  }

  @Test
  void a_closed_window_shortens_the_timeout() {
    open();
    table.observe(DOWN, new TcpSegment(ACK, next[1], next[0], 0, 0), 40, now);
    assertThat(timeout()).isEqualTo(300);
  }

  @Test
  void a_refused_connection_is_gone_at_once() {
    List<ConntrackEvent> told = new ArrayList<>();
    table.listen(EnumSet.of(EventKind.DESTROY), Filter.ALL, ListenOptions.DEFAULTS, told::add);
    send(UP, TcpFlags.SYN, 0);
    assertThat(state(DOWN, TcpFlags.RST | ACK, 0)).isEqualTo("gone");
    assertThat(told).hasSize(1);
    Flow flow = ((ConntrackEvent.Destroyed) told.getFirst()).flow();
    assertThat(flow.replyCounters()).isEqualTo(new Counters(1, 40));
  }

  @Test
  void a_reset_closes() {
    open();
    assertThat(state(DOWN, TcpFlags.RST, 0)).isEqualTo("CLOSE");
    assertThat(timeout()).isEqualTo(10);
    table.advanceTo(now + 11 * SECOND);
    assertThat(table.stats().entries()).isZero();
  }

  @Test
  void the_middle_of_a_connection_is_picked_up_but_not_its_end() {
    assertThat(send(UP, FIN_ACK, 0)).isFalse();
    assertThat(send(UP, TcpFlags.RST, 0)).isFalse();
    assertThat(send(UP, SYN_ACK, 0)).isFalse();
    assertThat(table.stats().entries()).isZero();
    assertThat(table.cpuStats().getFirst().invalid()).isEqualTo(3);
    assertThat(state(UP, ACK, 10)).isEqualTo("ESTABLISHED");
    assertThat(timeout()).isEqualTo(300);
    send(DOWN, ACK, 0);
    assertThat(timeout()).isEqualTo(300);
    assertThat(isAssured()).isFalse();
    send(UP, ACK, 0);
    assertThat(timeout()).isEqualTo(432_000);
    assertThat(isAssured()).isTrue();
  }

  @Test
  void a_syn_after_the_end_begins_anew_and_one_before_is_ignored() {
    open();
    Flow first = table.get(UP, 0).orElseThrow();
    assertThat(state(UP, TcpFlags.SYN, 0)).isEqualTo("ESTABLISHED");
    assertThat(table.get(UP, 0)).map(Flow::originalCounters).contains(first.originalCounters());
    send(UP, FIN_ACK, 0);
    send(DOWN, FIN_ACK, 0);
    send(UP, ACK, 0);
    assertThat(state(UP, TcpFlags.SYN, 0)).isEqualTo("SYN_SENT");
    assertThat(table.get(UP, 0).orElseThrow().id()).isNotEqualTo(first.id());
  }

  @Test
  void two_syns_that_cross_open_a_connection() {
    send(UP, TcpFlags.SYN, 0);
    assertThat(state(DOWN, TcpFlags.SYN, 0)).isEqualTo("SYN_SENT2");
    assertThat(state(DOWN, SYN_ACK, 0)).isEqualTo("SYN_RECV");
    assertThat(state(UP, ACK, 0)).isEqualTo("ESTABLISHED");
  }

  @Test
  void flags_that_no_tcp_sends_are_invalid() {
    assertThat(send(UP, TcpFlags.SYN | TcpFlags.FIN, 0)).isFalse();
    assertThat(send(UP, 0, 0)).isFalse();
    open();
    assertThat(send(UP, TcpFlags.SYN | TcpFlags.RST, 0)).isFalse();
    assertThat(table.observe(UP, null, 40, now)).isFalse();
  }
}
