package dev.tiaki.dissector.tcpconnection;

import static dev.tiaki.dissector.tcpconnection.SentFrame.HEADERS;
import static dev.tiaki.dissector.tcpconnection.SentFrame.acknowledgment;
import static dev.tiaki.dissector.tcpconnection.SentFrame.flags;
import static dev.tiaki.dissector.tcpconnection.SentFrame.intAt;
import static dev.tiaki.dissector.tcpconnection.SentFrame.payload;
import static dev.tiaki.dissector.tcpconnection.SentFrame.sequence;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.enforcement.Confirmation;
import dev.tiaki.engine.enforcement.FlowDecision;
import dev.tiaki.traffic.Conversation;
import dev.tiaki.traffic.Frame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What matters where verdicts are carried out on live packets. */
class InlineConnectionTest {
  private static final int RST = 4;
  private static final int ACK = 16;

  private final Conversation wire = Conversation.between("10.0.0.1:4000", "10.0.0.2:80");
  private final TcpFixture engine = TcpFixture.enforcing();
  private final List<TcpFlow> flows = new ArrayList<>();
  private int fed;

  private void feed() {
    List<Frame> frames = wire.frames();
    engine.feed(frames.subList(fed, frames.size()));
    fed = frames.size();
  }

  private void remember() {
    engine.connections.events().newConnection().add((flow, tcp) -> flows.add(flow));
  }

  /** Keeps everything from the byte {@code offset} of the first piece on. */
  private BufferIterator[] keepFrom(int offset) {
    BufferIterator[] mark = {null};
    engine
        .connections
        .events()
        .receiveData()
        .add((flow, stream, current, direction) -> {
          if (mark[0] == null) {
            BufferIterator at = current.copy();
            at.advance(offset);
            mark[0] = at;
            at.mark(false);
          }
        });
    return mark;
  }

  @Test
  void a_reset_needs_no_packet_that_is_being_processed() {
    remember();
    wire.handshake().up("hello").down("world");
    feed();
    flows.getFirst().reset();
    List<byte[]> resets = engine.sent.stream().filter(frame -> flags(frame) == RST).toList();
    assertThat(resets).hasSizeGreaterThanOrEqualTo(2);
    byte[] toClient = resets.getFirst();
    assertThat(toClient[14 + 19]).as("to 10.0.0.1").isEqualTo((byte) 1);
    assertThat(intAt(toClient, HEADERS)).as("ports").isEqualTo(80 << 16 | 4000);
    assertThat(sequence(toClient)).isEqualTo(wire.downSeq(5));
    byte[] toServer = resets.getLast();
    assertThat(toServer[14 + 19]).as("to 10.0.0.2").isEqualTo((byte) 2);
    assertThat(intAt(toServer, HEADERS)).as("ports").isEqualTo(4000 << 16 | 80);
  }

  @Test
  void what_stands_before_kept_data_leaves_when_its_sender_repeats_it() {
    keepFrom(6);
    wire.handshake().up("hello SEC");
    feed();
    assertThat(engine.sent).hasSize(3);
    engine.feed(wire.frames().getLast());
    assertThat(engine.sent).hasSize(4);
    assertThat(payload(engine.sent.getLast())).isEqualTo("hello ");
  }

  @Test
  void a_sender_is_answered_for_data_of_which_everything_is_kept() {
    BufferIterator[] mark = keepFrom(0);
    wire.handshake().up("SEC");
    feed();
    engine.feed(wire.frames().getLast());
    byte[] answer = engine.sent.getLast();
    assertThat(flags(answer)).isEqualTo(ACK);
    assertThat(intAt(answer, HEADERS)).as("from the server").isEqualTo(80 << 16 | 4000);
    assertThat(acknowledgment(answer)).isEqualTo(wire.upSeq(3));
    assertThat(payload(answer)).isEmpty();
    mark[0].unmark();
    wire.up("RET");
    feed();
    assertThat(payload(engine.sent.get(engine.sent.size() - 2))).isEqualTo("SEC");
    assertThat(payload(engine.sent.getLast())).isEqualTo("RET");
  }

  @Test
  void a_bypass_lets_kept_data_go() {
    remember();
    keepFrom(2);
    wire.handshake().up("keep");
    feed();
    assertThat(engine.sent).hasSize(3);
    flows.getFirst().bypass();
    assertThat(payload(engine.sent.getLast())).isEqualTo("keep");
    wire.up("more");
    feed();
    assertThat(payload(engine.sent.getLast())).isEqualTo("more");
  }

  @Test
  void a_decision_is_told_until_it_is_confirmed() {
    List<String> told = new ArrayList<>();
    Confirmation[] answers = {Confirmation.PENDING, Confirmation.CONFIRMED};
    engine.connections.setEnforcement((protocol, flow, decision, first) -> {
      told.add(protocol + " " + flow + " " + decision + (first ? " first" : ""));
      return answers[told.size() - 1];
    });
    List<Confirmation> heard = new ArrayList<>();
    engine.connections.events().decided().add((flow, decision, how) -> heard.add(how));
    engine.connections.events().newConnection().add((flow, tcp) -> flow.drop());
    wire.handshake().up("data").up("more");
    feed();
    assertThat(told)
        .containsExactly(
            "6 10.0.0.1:4000 -> 10.0.0.2:80 DROP first", "6 10.0.0.1:4000 -> 10.0.0.2:80 DROP");
    assertThat(heard).containsExactly(Confirmation.PENDING, Confirmation.CONFIRMED);
    assertThat(engine.sent).isEmpty();
  }

  @Test
  void the_syn_of_a_dropped_connection_sent_again_stays_dropped() {
    List<TcpFlow> opened = new ArrayList<>();
    engine
        .connections
        .events()
        .newConnection()
        .add((flow, tcp) -> {
          opened.add(flow);
          if (opened.size() == 1) {
            flow.drop();
          }
        });
    wire.syn().again();
    feed();
    assertThat(opened).hasSize(1);
    assertThat(engine.sent).isEmpty();
    Conversation next = Conversation.between("10.0.0.1:4000", "10.0.0.2:80").initialSeq(7777, 1);
    engine.feed(next.syn().frames());
    assertThat(opened).as("another SYN is judged anew").hasSize(2);
    assertThat(engine.sent).hasSize(1);
  }

  @Test
  void a_bypass_by_the_first_packet_is_told_once_for_that_packet() {
    List<Boolean> told = new ArrayList<>();
    engine.connections.setEnforcement((protocol, flow, decision, first) -> {
      told.add(first);
      return Confirmation.PENDING;
    });
    engine.connections.events().newConnection().add((flow, tcp) -> flow.bypass());
    wire.syn();
    feed();
    assertThat(told).containsExactly(true);
    wire.synAck();
    feed();
    assertThat(told).containsExactly(true, false);
  }

  @Test
  void a_bypass_of_an_edited_connection_stays_with_the_worker() {
    List<FlowDecision> told = new ArrayList<>();
    engine.connections.setEnforcement((protocol, flow, decision, first) -> {
      told.add(decision);
      return Confirmation.CONFIRMED;
    });
    engine
        .connections
        .events()
        .receiveData()
        .add((flow, stream, current, direction) -> {
          current.sub(1, true).erase();
          flow.bypass();
        });
    wire.handshake().up("xdata").up("more");
    feed();
    assertThat(told).isEmpty();
    byte[] last = engine.sent.getLast();
    assertThat(payload(last)).isEqualTo("more");
    assertThat(sequence(last)).as("moved by the edit").isEqualTo(wire.upSeq(4));
  }

  @Test
  void a_connection_that_the_kernel_forgot_is_closed_when_it_is_quiet() {
    remember();
    wire.handshake();
    feed();
    engine.connections.forgotten(flows.getFirst().key());
    assertThat(engine.connections.connections()).as("a packet came just now").isEqualTo(1);
    engine.context.time().advanceTo(engine.context.time().nanos() + 3_000_000_000L);
    engine.connections.forgotten(flows.getFirst().key());
    assertThat(engine.connections.connections()).isZero();
  }
}
