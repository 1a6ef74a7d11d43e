package dev.tiaki.dissector.tcpconnection;

import static dev.tiaki.dissector.tcpconnection.SentFrame.payload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Conversation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What rules see of connections, and what becomes of their packets. */
class TcpConnectionTest {
  private final Conversation wire = Conversation.between("10.0.0.1:4000", "10.0.0.2:80");
  private final List<String> story = new ArrayList<>();

  @Test
  void a_connection_is_told_from_its_syn_to_its_last_ack() {
    TcpFixture engine = TcpFixture.enforcing().telling(story);
    engine.feed(wire.handshake().up("question").down("answer").fin().frames());
    assertThat(story)
        .containsExactly(
            "new 10.0.0.1:4000 -> 10.0.0.2:80",
            "up question",
            "down answer",
            "up  finished",
            "down  finished",
            "end timed_wait");
    assertThat(engine.drops).isEmpty();
    assertThat(engine.counters.value("tcp.connections")).isEqualTo(1);
    engine.finish();
    assertThat(engine.counters.value("tcp.connections.complete")).isEqualTo(1);
    assertThat(engine.lines)
        .containsExactly(
            "DEBUG conn: opening connection 10.0.0.1:4000 -> 10.0.0.2:80",
            "DEBUG conn: closing connection 10.0.0.1:4000 -> 10.0.0.2:80");
  }

  @Test
  void untouched_packets_leave_byte_for_byte() {
    TcpFixture engine = TcpFixture.enforcing().telling(story);
    wire.handshake().up("one").upAck().up("two").again().down("three").swap().fin();
    engine.feed(wire.frames());
    assertThat(engine.sent).hasSameSizeAs(wire.frames());
    for (int i = 0; i < wire.frames().size(); i++) {
      assertThat(engine.sent).contains(wire.frames().get(i).bytes());
    }
  }

  @Test
  void data_before_its_turn_is_held_and_released_in_order() {
    TcpFixture engine = TcpFixture.enforcing().telling(story);
    wire.handshake().up("first ").up("second").swap();
    engine.feed(wire.frames());
    assertThat(story).contains("up first second");
    assertThat(payload(engine.sent.get(3))).isEqualTo("first ");
    assertThat(payload(engine.sent.get(4))).isEqualTo("second");
  }

  @Test
  void the_new_tail_of_an_overlap_counts() {
    TcpFixture engine = TcpFixture.enforcing().telling(story);
    engine.feed(wire.handshake().up("abcd").upAt(2, "XXefgh").frames());
    assertThat(story).contains("up abcd", "up efgh");
    assertThat(payload(engine.sent.getLast())).isEqualTo("cdefgh");
  }

  @Test
  void packets_of_no_connection_are_dropped_with_an_alert() {
    TcpFixture engine = TcpFixture.enforcing();
    wire.handshake().up("stray");
    engine.feed(wire.frames().getLast());
    assertThat(engine.drops).containsExactly(DropReason.POLICY);
    assertThat(engine.alerts.getFirst().description())
        .isEqualTo("no connection found for tcp packet");
    assertThat(engine.alerts.getFirst().severity()).isEqualTo("low");
  }

  @Test
  void a_connection_is_taken_up_in_the_middle() {
    TcpFixture engine = TcpFixture.observing().telling(story);
    wire.handshake().up("seen").down("too");
    engine.feed(wire.frames().subList(3, wire.frames().size()));
    assertThat(story).containsExactly("new 10.0.0.1:4000 -> 10.0.0.2:80", "up seen", "down too");
  }

  @Test
  void observing_changes_nothing_and_counts_what_would_be() {
    TcpFixture engine = TcpFixture.observing();
    engine
        .connections
        .events()
        .receiveData()
        .add((flow, stream, current, direction) -> {
          current.copy().subAll(false).set(0, 'X');
          flow.drop();
        });
    engine.feed(wire.handshake().up("abc").up("def").fin().frames());
    assertThat(engine.sent).hasSameSizeAs(wire.frames());
    assertThat(payload(engine.sent.get(3))).isEqualTo("abc");
    assertThat(engine.counters.value("tcp.wouldDrop")).isEqualTo(1);
    assertThat(engine.drops).isEmpty();
  }

  @Test
  void haka_drops_retransmissions() {
    TcpFixture engine =
        new TcpFixture(EngineMode.HAKA, TcpConnectionSettings.DEFAULTS).telling(story);
    engine.feed(wire.handshake().up("abc").again().frames());
    assertThat(engine.lines).contains("WARN tcp: retransmit packet (ignored)");
    assertThat(engine.drops).containsExactly(DropReason.RETRANSMISSION);
  }

  @Test
  void data_after_the_other_sides_fin_is_still_delivered() {
    TcpFixture engine = TcpFixture.enforcing().telling(story);
    engine.feed(wire.handshake().upFin().downAck().down("late").downFin().upAck().frames());
    assertThat(story).contains("down late").endsWith("down  finished", "end timed_wait");
  }

  @Test
  void data_in_a_syn_are_the_first_of_the_stream() {
    TcpFixture engine = TcpFixture.enforcing().telling(story);
    engine.feed(wire.syn("hello").synAck().up(" world").frames());
    assertThat(story).contains("up hello", "up  world");
  }

  @Test
  void the_number_of_connections_is_bounded() {
    TcpFixture engine =
        new TcpFixture(EngineMode.ENFORCE, TcpConnectionSettings.DEFAULTS.withMaxFlows(1));
    engine.feed(wire.handshake().frames());
    engine.feed(Conversation.between("10.0.0.9:4000", "10.0.0.2:80").syn().frames());
    assertThat(engine.drops).containsExactly(DropReason.BOUND);
    assertThat(engine.counters.value("tcp.connections.refused")).isEqualTo(1);
  }

  @Test
  void data_far_ahead_of_the_window_is_refused_but_data_that_is_next_never() {
    TcpFixture engine = TcpFixture.enforcing().telling(story);
    wire.windows(1000, 1000).handshake();
    wire.upStray(segment -> segment.seq(wire.upSeq(200_000)).payload("far"));
    wire.up("y".repeat(3000));
    engine.feed(wire.frames());
    assertThat(engine.drops).containsExactly(DropReason.POLICY);
    assertThat(engine.counters.value("tcp.outOfWindow")).isEqualTo(1);
    assertThat(engine.sent).hasSize(wire.frames().size() - 1);
  }
}
