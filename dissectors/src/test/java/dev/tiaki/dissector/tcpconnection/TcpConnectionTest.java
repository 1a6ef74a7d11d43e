package dev.tiaki.dissector.tcpconnection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Conversation;
import dev.tiaki.traffic.TcpOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TcpConnectionTest {
  private static final int HEADERS = 14 + 20;

  private final Conversation wire = Conversation.between("10.0.0.1:4000", "10.0.0.2:80");
  private final List<String> story = new ArrayList<>();

  private TcpFixture tell(TcpFixture engine) {
    TcpConnectionEvents events = engine.connections.events();
    events.newConnection().add((flow, tcp) -> story.add("new " + flow.key()));
    events.endConnection().add(flow -> story.add("end " + flow.stateName()));
    events
        .receiveData()
        .add((flow, stream, current, direction) ->
            story.add(
                direction.word()
                    + " "
                    + TcpFixture.read(current)
                    + (stream.isFinished() ? " finished" : "")));
    return engine;
  }

  private static String payload(byte[] frame) {
    int header = (frame[HEADERS + 12] & 0xf0) >>> 2;
    int total = (frame[16] & 0xff) << 8 | (frame[17] & 0xff);
    return new String(Arrays.copyOfRange(frame, HEADERS + header, 14 + total), ISO_8859_1);
  }

  private static int flags(byte[] frame) {
    return frame[HEADERS + 13] & 0xff;
  }

  private static int sequence(byte[] frame) {
    return intAt(frame, HEADERS + 4);
  }

  private static int acknowledgment(byte[] frame) {
    return intAt(frame, HEADERS + 8);
  }

  private static int intAt(byte[] frame, int at) {
    return (frame[at] & 0xff) << 24
        | (frame[at + 1] & 0xff) << 16
        | (frame[at + 2] & 0xff) << 8
        | (frame[at + 3] & 0xff);
  }

  @Test
  void a_connection_is_told_from_its_syn_to_its_last_ack() {
    TcpFixture engine = tell(TcpFixture.enforcing());
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
    TcpFixture engine = tell(TcpFixture.enforcing());
    wire.handshake().up("one").upAck().up("two").again().down("three").swap().fin();
    engine.feed(wire.frames());
    assertThat(engine.sent).hasSameSizeAs(wire.frames());
    for (int i = 0; i < wire.frames().size(); i++) {
      assertThat(engine.sent).contains(wire.frames().get(i).bytes());
    }
  }

  @Test
  void data_before_its_turn_is_held_and_released_in_order() {
    TcpFixture engine = tell(TcpFixture.enforcing());
    wire.handshake().up("first ").up("second").swap();
    engine.feed(wire.frames());
    assertThat(story).contains("up first second");
    assertThat(payload(engine.sent.get(3))).isEqualTo("first ");
    assertThat(payload(engine.sent.get(4))).isEqualTo("second");
  }

  @Test
  void the_new_tail_of_an_overlap_counts() {
    TcpFixture engine = tell(TcpFixture.enforcing());
    engine.feed(wire.handshake().up("abcd").upAt(2, "XXefgh").frames());
    assertThat(story).contains("up abcd", "up efgh");
    assertThat(payload(engine.sent.getLast())).isEqualTo("cdefgh");
  }

  @Test
  void a_retransmission_with_other_bytes_carries_the_inspected_ones() {
    TcpFixture engine = tell(TcpFixture.enforcing());
    engine.feed(wire.handshake().up("GET /good").upAt(0, "GET /evil").frames());
    assertThat(payload(engine.sent.getLast())).isEqualTo("GET /good");
    assertThat(engine.counters.value("tcp.retransmissions.rewritten")).isEqualTo(1);
  }

  @Test
  void a_retransmission_of_edited_data_carries_the_edit() {
    TcpFixture engine = TcpFixture.enforcing();
    engine
        .connections
        .events()
        .receiveData()
        .add((flow, stream, current, direction) -> {
          BufferIterator at = current.copy();
          if (at.available() > 0) {
            at.advance(3);
            at.insert(VirtualBuffer.of("---".getBytes(ISO_8859_1)));
          }
        });
    wire.handshake().up("abcdef").again().down("ok");
    engine.feed(wire.frames());
    assertThat(payload(engine.sent.get(3))).isEqualTo("abc---def");
    assertThat(payload(engine.sent.get(4))).isEqualTo("abc---def");
    assertThat(payload(engine.sent.get(5))).isEqualTo("ok---");
  }

  @Test
  void numbers_follow_an_edit_both_ways() {
    TcpFixture engine = TcpFixture.enforcing();
    engine
        .connections
        .events()
        .receiveData()
        .add((flow, stream, current, direction) -> {
          if (direction == Direction.UP && current.available() > 0) {
            current.copy().sub(2, true).erase();
          }
        });
    wire.handshake().up("abcdef");
    int client = wire.upSeq(0);
    wire.downStray(segment -> segment.ack(client + 4)).up("ghi");
    engine.feed(wire.frames());
    assertThat(payload(engine.sent.get(3))).isEqualTo("cdef");
    assertThat(acknowledgment(engine.sent.get(4))).isEqualTo(client + 6);
    assertThat(sequence(engine.sent.get(5))).isEqualTo(client + 4);
  }

  @Test
  void an_erased_packet_does_not_leave() {
    TcpFixture engine = TcpFixture.enforcing();
    engine
        .connections
        .events()
        .receiveData()
        .add((flow, stream, current, direction) -> current.copy().subAll(true).erase());
    engine.feed(wire.handshake().up("abcdef").frames());
    assertThat(engine.drops).containsExactly(DropReason.EMPTIED);
  }

  @Test
  void a_segment_that_outgrows_the_mtu_is_split() {
    TcpFixture engine = TcpFixture.enforcing();
    engine
        .connections
        .events()
        .receiveData()
        .add((flow, stream, current, direction) -> {
          if (current.available() > 0) {
            current.copy().insert(VirtualBuffer.of(new byte[2000]));
          }
        });
    engine.feed(wire.handshake().up("x".repeat(1400)).frames());
    assertThat(engine.sent).hasSize(6);
    assertThat(payload(engine.sent.get(3))).hasSize(1460);
    assertThat(payload(engine.sent.get(4))).hasSize(1460);
    assertThat(payload(engine.sent.get(5))).hasSize(3400 - 2 * 1460);
    assertThat(flags(engine.sent.get(3)) & 8).isZero();
    assertThat(flags(engine.sent.get(5)) & 8).isEqualTo(8);
    assertThat(sequence(engine.sent.get(5))).isEqualTo(sequence(engine.sent.get(3)) + 2 * 1460);
  }

  @Test
  void a_marked_packet_stays_until_the_mark_is_gone() {
    TcpFixture engine = TcpFixture.enforcing();
    BufferIterator[] mark = {null};
    engine
        .connections
        .events()
        .receiveData()
        .add((flow, stream, current, direction) -> {
          if (mark[0] == null) {
            mark[0] = current.copy();
            mark[0].mark(false);
          } else {
            mark[0].unmark();
          }
        });
    wire.handshake().up("wait ");
    engine.feed(wire.frames());
    assertThat(engine.sent).hasSize(3);
    int before = wire.frames().size();
    wire.up("go");
    engine.feed(wire.frames().subList(before, wire.frames().size()));
    assertThat(engine.sent).hasSize(5);
    assertThat(payload(engine.sent.get(3))).isEqualTo("wait ");
  }

  @Test
  void a_dropped_connection_stays_dropped_until_a_new_syn() {
    TcpFixture engine = tell(TcpFixture.enforcing());
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
    TcpFixture engine = tell(TcpFixture.observing());
    wire.handshake().up("seen").down("too");
    engine.feed(wire.frames().subList(3, wire.frames().size()));
    assertThat(story).containsExactly("new 10.0.0.1:4000 -> 10.0.0.2:80", "up seen", "down too");
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
    TcpFixture engine = tell(new TcpFixture(EngineMode.HAKA, TcpConnectionSettings.DEFAULTS));
    engine.feed(wire.handshake().up("abc").again().frames());
    assertThat(engine.lines).contains("WARN tcp: retransmit packet (ignored)");
    assertThat(engine.drops).containsExactly(DropReason.RETRANSMISSION);
  }

  @Test
  void a_reset_far_from_the_window_ends_nothing() {
    TcpFixture engine = tell(TcpFixture.enforcing());
    wire.handshake().up("abc").down("ok");
    wire.upStray(segment -> segment.seq(wire.upSeq(0) + 10_000_000).flags("R")).up("def");
    engine.feed(wire.frames());
    assertThat(engine.drops).containsExactly(DropReason.POLICY);
    assertThat(story).contains("up def");
  }

  @Test
  void data_after_the_other_sides_fin_is_still_delivered() {
    TcpFixture engine = tell(TcpFixture.enforcing());
    engine.feed(wire.handshake().upFin().downAck().down("late").downFin().upAck().frames());
    assertThat(story).contains("down late").endsWith("down  finished", "end timed_wait");
  }

  @Test
  void data_in_a_syn_are_the_first_of_the_stream() {
    TcpFixture engine = tell(TcpFixture.enforcing());
    engine.feed(wire.syn("hello").synAck().up(" world").frames());
    assertThat(story).contains("up hello", "up  world");
  }

  @Test
  void an_idle_handshake_is_forgotten() {
    TcpFixture engine = tell(TcpFixture.enforcing());
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
    TcpFixture engine = tell(TcpFixture.enforcing());
    engine.feed(wire.handshake().skipUp(10).up("never in order").frames());
    assertThat(engine.sent).hasSize(3);
    engine.finish();
    assertThat(engine.drops).containsExactly(DropReason.INCOMPLETE);
    assertThat(engine.sent.size() + engine.drops.size()).isEqualTo(wire.frames().size());
  }

  @Test
  void a_new_syn_with_another_first_number_opens_another_connection() {
    TcpFixture engine = tell(TcpFixture.observing());
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
  void the_number_of_connections_is_bounded() {
    TcpFixture engine =
        new TcpFixture(EngineMode.ENFORCE, TcpConnectionSettings.DEFAULTS.withMaxFlows(1));
    engine.feed(wire.handshake().frames());
    engine.feed(Conversation.between("10.0.0.9:4000", "10.0.0.2:80").syn().frames());
    assertThat(engine.drops).containsExactly(DropReason.BOUND);
    assertThat(engine.counters.value("tcp.connections.refused")).isEqualTo(1);
  }

  @Test
  void data_inserted_at_the_end_of_a_stream_leave_with_the_fin() {
    TcpFixture engine = TcpFixture.enforcing();
    engine
        .connections
        .events()
        .receiveData()
        .add((flow, stream, current, direction) -> {
          if (direction == Direction.UP && stream.isFinished()) {
            BufferIterator end = current.copy();
            end.advanceAll();
            end.insert(VirtualBuffer.of("bye".getBytes(ISO_8859_1)));
          }
        });
    wire.handshake().up("data").upFin();
    engine.feed(wire.frames());
    assertThat(payload(engine.sent.getLast())).isEqualTo("bye");
    assertThat(flags(engine.sent.getLast()) & 1).isEqualTo(1);
  }

  @Test
  void data_inserted_after_the_last_packet_leave_in_one_of_their_own() {
    TcpFixture engine = TcpFixture.enforcing();
    engine
        .connections
        .events()
        .receiveData()
        .add((flow, stream, current, direction) -> {
          if (direction == Direction.DOWN && current.available() > 0) {
            flow.stream(Direction.UP)
                .data()
                .end()
                .insert(VirtualBuffer.of("more".getBytes(ISO_8859_1)));
            flow.send(Direction.UP);
          }
        });
    wire.handshake().up("question").down("answer").up("next");
    engine.feed(wire.frames());
    byte[] forged =
        engine.sent.stream().filter(frame -> payload(frame).equals("more")).findFirst().get();
    assertThat(sequence(forged)).isEqualTo(wire.upSeq(8));
    assertThat(forged[14 + 19]).isEqualTo((byte) 2);
    assertThat(payload(engine.sent.getLast())).isEqualTo("next");
    assertThat(sequence(engine.sent.getLast())).isEqualTo(wire.upSeq(12));
  }

  @Test
  void sack_blocks_follow_an_edit() {
    TcpFixture engine = TcpFixture.enforcing();
    engine
        .connections
        .events()
        .receiveData()
        .add((flow, stream, current, direction) -> {
          if (direction == Direction.UP && current.available() > 0) {
            current.copy().insert(VirtualBuffer.of("1234".getBytes(ISO_8859_1)));
          }
        });
    wire.handshake().up("abcd").up("efgh");
    int second = wire.upSeq(0) + 4 + 4;
    wire.downStray(
        segment -> segment.ack(wire.upSeq(0)).option(TcpOption.sack(second, second + 4 + 4)));
    engine.feed(wire.frames());
    byte[] answer = engine.sent.getLast();
    int options = HEADERS + 20;
    int at = answer[options] == 5 ? options : answer[options + 2] == 5 ? options + 2 : options + 1;
    assertThat(intAt(answer, at + 2)).isEqualTo(wire.upSeq(4));
    assertThat(intAt(answer, at + 6)).isEqualTo(wire.upSeq(8));
  }

  @Test
  void an_urgent_pointer_follows_an_edit() {
    TcpFixture engine = TcpFixture.enforcing();
    engine
        .connections
        .events()
        .receiveData()
        .add((flow, stream, current, direction) -> {
          if (current.available() > 0) {
            current.copy().insert(VirtualBuffer.of("1234".getBytes(ISO_8859_1)));
          }
        });
    wire.handshake().upSegment(segment -> segment.payload("abcdef").urgent(3));
    engine.feed(wire.frames());
    assertThat(engine.sent.getLast()[HEADERS + 19]).isEqualTo((byte) 7);
  }

  @Test
  void a_rule_cannot_keep_back_more_than_the_bound() {
    TcpConnectionSettings d = TcpConnectionSettings.DEFAULTS;
    TcpConnectionSettings small =
        new TcpConnectionSettings(
            false,
            d.overlap(),
            d.reassembly(),
            d.maxWaitingBytes(),
            1000,
            d.maxFlows(),
            false,
            d.maxSentBytes(),
            d.maxSentBytesInAll(),
            d.maxEdits(),
            d.timeouts());
    for (EngineMode mode : List.of(EngineMode.OBSERVE, EngineMode.ENFORCE)) {
      TcpFixture engine = new TcpFixture(mode, small);
      boolean[] marked = {false};
      engine
          .connections
          .events()
          .receiveData()
          .add((flow, stream, current, direction) -> {
            if (!marked[0]) {
              current.copy().mark(false);
              marked[0] = true;
            }
          });
      Conversation talk =
          Conversation.between("10.0.0.1:4000", "10.0.0.2:80").segmentBytes(100).handshake();
      engine.feed(talk.up("x".repeat(3000)).frames());
      assertThat(engine.counters.value("tcp.retainedTooMuch")).isEqualTo(1);
      assertThat(engine.captured).isEqualTo(talk.frames().size());
    }
  }

  @Test
  void rules_see_nothing_behind_a_reset_even_when_only_observing() {
    TcpFixture engine = tell(TcpFixture.observing());
    engine.feed(wire.handshake().up("one").downRst().up("two").frames());
    assertThat(story).containsExactly("new 10.0.0.1:4000 -> 10.0.0.2:80", "up one", "end reset");
    assertThat(engine.sent).hasSameSizeAs(wire.frames());
  }

  @Test
  void data_far_ahead_of_the_window_is_refused_but_data_that_is_next_never() {
    TcpFixture engine = tell(TcpFixture.enforcing());
    wire.windows(1000, 1000).handshake();
    wire.upStray(segment -> segment.seq(wire.upSeq(200_000)).payload("far"));
    wire.up("y".repeat(3000));
    engine.feed(wire.frames());
    assertThat(engine.drops).containsExactly(DropReason.POLICY);
    assertThat(engine.counters.value("tcp.outOfWindow")).isEqualTo(1);
    assertThat(engine.sent).hasSize(wire.frames().size() - 1);
  }
}
