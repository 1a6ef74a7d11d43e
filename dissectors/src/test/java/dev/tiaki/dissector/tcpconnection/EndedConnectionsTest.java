package dev.tiaki.dissector.tcpconnection;

import static dev.tiaki.dissector.tcpconnection.SentFrame.flags;
import static dev.tiaki.dissector.tcpconnection.SentFrame.sequence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.traffic.Conversation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How connections end: by a rule, by an end, in silence, with the run. */
class EndedConnectionsTest {
  private final Conversation wire = Conversation.between("10.0.0.1:4000", "10.0.0.2:80");
  private final List<String> story = new ArrayList<>();

  @Test
  void a_dropped_connection_stays_dropped_until_a_new_syn() {
    TcpFixture engine = TcpFixture.enforcing().telling(story);
    engine
        .connections
        .events()
        .receiveData()
        .add((flow, stream, current, direction) -> flow.drop());
    engine.feed(wire.handshake().up("bad").down("more").up("again").frames());
    assertThat(story).containsExactly("new 10.0.0.1:4000 -> 10.0.0.2:80", "up bad", "end reset");
    assertThat(engine.sent).hasSize(3);
    assertThat(engine.alerts).isEmpty();
    engine.feed(Conversation.between("10.0.0.1:4000", "10.0.0.2:80").handshake().frames());
    assertThat(engine.sent).as("the SYN that opened the dropped one, repeated").hasSize(3);
    Conversation next = Conversation.between("10.0.0.1:4000", "10.0.0.2:80");
    engine.feed(next.initialSeq(70_000, 5_000).handshake().frames());
    assertThat(engine.sent).hasSize(6);
  }

  @Test
  void a_reset_goes_to_both_ends_and_a_half_reset_to_the_server() {
    for (boolean half : new boolean[] {false, true}) {
      TcpFixture engine = TcpFixture.enforcing();
      engine
          .connections
          .events()
          .receiveData()
          .add((flow, stream, current, direction) -> {
            if (half) {
              flow.halfReset();
            } else {
              flow.reset();
            }
          });
      Conversation talk = Conversation.between("10.0.0.1:4000", "10.0.0.2:80");
      engine.feed(talk.handshake().up("bad").frames());
      List<byte[]> resets = engine.sent.stream().filter(frame -> flags(frame) == 4).toList();
      assertThat(resets).hasSize(half ? 1 : 2);
      assertThat(resets.getLast()[14 + 19]).isEqualTo((byte) 2);
      assertThat(sequence(resets.getLast())).isEqualTo(talk.upSeq(0));
      assertThat(engine.sent).hasSize(half ? 4 : 5);
    }
  }

  @Test
  void resetting_before_the_handshake_is_refused() {
    TcpFixture engine = TcpFixture.enforcing();
    engine
        .connections
        .events()
        .newConnection()
        .add((flow, tcp) ->
            assertThatThrownBy(flow::reset)
                .hasMessage("cannot reset a non-established connection"));
    engine.feed(wire.syn().frames());
    assertThat(engine.sent).hasSize(1);
  }

  @Test
  void a_failing_rule_drops_the_connection() {
    TcpFixture engine = TcpFixture.enforcing();
    engine
        .connections
        .events()
        .receiveData()
        .add((flow, stream, current, direction) -> {
          throw new RuleFailure("rules.lua:3: boom", null, null);
        });
    engine.feed(wire.handshake().up("x").up("y").frames());
    assertThat(engine.lines).contains("ERROR tcp: rules.lua:3: boom");
    assertThat(engine.drops).containsExactly(DropReason.RULE_ERROR, DropReason.FLOW_DROPPED);
  }

  @Test
  void a_reset_far_from_the_window_ends_nothing() {
    TcpFixture engine = TcpFixture.enforcing().telling(story);
    wire.handshake().up("abc").down("ok");
    wire.upStray(segment -> segment.seq(wire.upSeq(0) + 10_000_000).flags("R")).up("def");
    engine.feed(wire.frames());
    assertThat(engine.drops).containsExactly(DropReason.POLICY);
    assertThat(story).contains("up def");
  }

  @Test
  void an_idle_handshake_is_forgotten() {
    TcpFixture engine = TcpFixture.enforcing().telling(story);
    wire.syn().pause(Duration.ofMinutes(5));
    engine.feed(wire.frames());
    assertThat(engine.connections.connections()).isEqualTo(1);
    Conversation other = wire.trace().conversation("10.0.0.3:5000", "10.0.0.2:80").syn();
    engine.feed(other.frames().getLast());
    assertThat(engine.connections.connections()).isEqualTo(1);
    assertThat(story).contains("end syn_sent");
  }

  @Test
  void nothing_is_left_waiting_at_the_end() {
    TcpFixture engine = TcpFixture.enforcing().telling(story);
    engine.feed(wire.handshake().skipUp(10).up("never in order").frames());
    assertThat(engine.sent).hasSize(3);
    engine.finish();
    assertThat(engine.drops).containsExactly(DropReason.INCOMPLETE);
    assertThat(engine.sent.size() + engine.drops.size()).isEqualTo(wire.frames().size());
  }

  @Test
  void a_new_syn_with_another_first_number_opens_another_connection() {
    TcpFixture engine = TcpFixture.observing().telling(story);
    engine.feed(wire.handshake().up("one").frames());
    engine.feed(
        Conversation.between("10.0.0.1:4000", "10.0.0.2:80")
            .initialSeq(77_000, 88_000)
            .handshake()
            .up("two")
            .frames());
    assertThat(story)
        .containsExactly(
            "new 10.0.0.1:4000 -> 10.0.0.2:80",
            "up one",
            "end established",
            "new 10.0.0.1:4000 -> 10.0.0.2:80",
            "up two");
  }

  @Test
  void rules_see_nothing_behind_a_reset_even_when_only_observing() {
    TcpFixture engine = TcpFixture.observing().telling(story);
    engine.feed(wire.handshake().up("one").downRst().up("two").frames());
    assertThat(story).containsExactly("new 10.0.0.1:4000 -> 10.0.0.2:80", "up one", "end reset");
    assertThat(engine.sent).hasSameSizeAs(wire.frames());
  }
}
