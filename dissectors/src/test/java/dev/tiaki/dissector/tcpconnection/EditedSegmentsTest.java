package dev.tiaki.dissector.tcpconnection;

import static dev.tiaki.dissector.tcpconnection.SentFrame.HEADERS;
import static dev.tiaki.dissector.tcpconnection.SentFrame.acknowledgment;
import static dev.tiaki.dissector.tcpconnection.SentFrame.flags;
import static dev.tiaki.dissector.tcpconnection.SentFrame.intAt;
import static dev.tiaki.dissector.tcpconnection.SentFrame.payload;
import static dev.tiaki.dissector.tcpconnection.SentFrame.sequence;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Conversation;
import dev.tiaki.traffic.TcpOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What rules edit, keep or insert leaves in segments that fit the connection. */
class EditedSegmentsTest {
  private final Conversation wire = Conversation.between("10.0.0.1:4000", "10.0.0.2:80");
  private final List<String> story = new ArrayList<>();

  @Test
  void a_retransmission_with_other_bytes_carries_the_inspected_ones() {
    TcpFixture engine = TcpFixture.enforcing().telling(story);
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
}
