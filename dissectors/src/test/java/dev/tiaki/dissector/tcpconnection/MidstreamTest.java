package dev.tiaki.dissector.tcpconnection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Conversation;
import dev.tiaki.traffic.Frame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connections whose SYN was not seen: which end is taken for the client. */
class MidstreamTest {
  private static final int HANDSHAKE_FRAMES = 3;

  private static List<String> story(TcpFixture engine, List<Frame> seen) {
    List<String> story = new ArrayList<>();
    engine.connections.events().newConnection().add((flow, tcp) -> story.add("new " + flow.key()));
    engine
        .connections
        .events()
        .receiveData()
        .add((flow, stream, current, direction) ->
            story.add(direction.word() + " " + TcpFixture.read(current)));
    engine.feed(seen);
    return story;
  }

  private static List<Frame> behindHandshake(Conversation conversation) {
    List<Frame> frames = conversation.frames();
    return frames.subList(HANDSHAKE_FRAMES, frames.size());
  }

  private static Conversation between(String client, String server) {
    return Conversation.between(client, server).handshake();
  }

  @Test
  void an_answer_from_a_system_port_comes_from_the_server() {
    Conversation wire = between("10.0.0.1:4000", "10.0.0.2:80").down("answer").up("next");
    assertThat(story(TcpFixture.observing(), behindHandshake(wire)))
        .containsExactly("new 10.0.0.1:4000 -> 10.0.0.2:80", "down answer", "up next");
  }

  @Test
  void a_question_to_a_system_port_comes_from_the_client() {
    Conversation wire = between("10.0.0.1:4000", "10.0.0.2:80").up("question").down("answer");
    assertThat(story(TcpFixture.observing(), behindHandshake(wire)))
        .containsExactly("new 10.0.0.1:4000 -> 10.0.0.2:80", "up question", "down answer");
  }

  @Test
  void the_same_over_ipv6() {
    Conversation wire = between("[fd00::1]:4000", "[fd00::2]:80").down("answer");
    assertThat(story(TcpFixture.observing(), behindHandshake(wire)))
        .containsExactly("new fd00::1:4000 -> fd00::2:80", "down answer");
  }

  @Test
  void an_answer_from_a_port_where_a_protocol_is_expected_comes_from_the_server() {
    Conversation wire = between("10.0.0.1:4000", "10.0.0.2:8080").down("answer");
    TcpFixture engine = TcpFixture.observing();
    engine.connections.applications().expect(8080, "http");
    assertThat(story(engine, behindHandshake(wire)))
        .containsExactly("new 10.0.0.1:4000 -> 10.0.0.2:8080", "down answer");
  }

  @Test
  void where_neither_port_tells_the_first_one_seen_is_the_client() {
    Conversation wire = between("10.0.0.1:4000", "10.0.0.2:8080").down("answer");
    assertThat(story(TcpFixture.observing(), behindHandshake(wire)))
        .containsExactly("new 10.0.0.2:8080 -> 10.0.0.1:4000", "up answer");
  }

  @Test
  void where_both_ports_tell_the_first_one_seen_is_the_client() {
    Conversation wire = between("10.0.0.1:514", "10.0.0.2:22").down("answer");
    assertThat(story(TcpFixture.observing(), behindHandshake(wire)))
        .containsExactly("new 10.0.0.2:22 -> 10.0.0.1:514", "up answer");
  }

  @Test
  void whoever_acknowledges_a_syn_is_the_server_whatever_the_ports() {
    Conversation wire = between("10.0.0.1:80", "10.0.0.2:4000").up("question");
    List<Frame> behindSyn = wire.frames().subList(1, wire.frames().size());
    assertThat(story(TcpFixture.observing(), behindSyn))
        .containsExactly("new 10.0.0.1:80 -> 10.0.0.2:4000", "up question");
  }

  @Test
  void whoever_sends_a_syn_is_the_client_whatever_the_ports() {
    Conversation wire = between("10.0.0.1:80", "10.0.0.2:4000").up("question");
    assertThat(story(TcpFixture.observing(), wire.frames()))
        .containsExactly("new 10.0.0.1:80 -> 10.0.0.2:4000", "up question");
  }

  @Test
  void without_pickup_an_answer_without_a_question_is_dropped_as_by_haka() {
    List<Frame> answer = behindHandshake(between("10.0.0.1:4000", "10.0.0.2:80").down("answer"));
    for (EngineMode mode : List.of(EngineMode.ENFORCE, EngineMode.HAKA)) {
      TcpFixture engine = new TcpFixture(mode, TcpConnectionSettings.DEFAULTS);
      assertThat(story(engine, answer)).isEmpty();
      assertThat(engine.drops).containsExactly(DropReason.POLICY);
      assertThat(engine.alerts.getFirst().description())
          .isEqualTo("no connection found for tcp packet");
    }
  }
}
