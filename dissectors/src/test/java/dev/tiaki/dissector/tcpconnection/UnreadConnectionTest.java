package dev.tiaki.dissector.tcpconnection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.traffic.Conversation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connections whose data nobody reads any more once their protocol was asked for. */
class UnreadConnectionTest {
  private final TcpFixture engine = TcpFixture.enforcing();
  private final Conversation wire = Conversation.between("10.0.0.1:4000", "10.0.0.2:9999");
  private final List<String> asked = new ArrayList<>();

  @Test
  void what_waited_while_the_protocol_was_asked_for_leaves_when_the_gap_is_filled() {
    engine
        .connections
        .events()
        .detectProtocol()
        .add((flow, stream, current, direction) -> asked.add(TcpFixture.read(current)));
    wire.handshake().upAt(8, "late").upAt(0, "first").upAt(5, "gap");
    engine.feed(wire.frames());
    assertThat(asked).containsExactly("first");
    assertThat(engine.drops).isEmpty();
    assertThat(engine.sent)
        .as("the filled gap leaves before what waited behind it")
        .endsWith(
            wire.frames().get(4).bytes(),
            wire.frames().get(5).bytes(),
            wire.frames().get(3).bytes());
    engine.finish();
    assertThat(engine.captured).isEqualTo(wire.frames().size());
  }
}
