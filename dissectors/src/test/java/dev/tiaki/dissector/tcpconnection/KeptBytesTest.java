package dev.tiaki.dissector.tcpconnection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.traffic.Conversation;
import org.junit.jupiter.api.Test;

/** What rules keep of the data is bounded. */
class KeptBytesTest {
  private final Conversation one = Conversation.between("10.0.0.1:4000", "10.0.0.2:80");
  private final Conversation two = Conversation.between("10.0.0.3:4000", "10.0.0.2:80");

  /** An engine with a rule that marks each connection's first data and never lets go. */
  private static TcpFixture marking(TcpFixture engine, boolean readOnly) {
    engine
        .connections
        .events()
        .receiveData()
        .add((flow, stream, current, direction) -> {
          if (flow.scriptData() == null) {
            flow.setScriptData("marked");
            current.copy().mark(readOnly);
          }
        });
    engine.connections.data().kept().setLimits(20, 25);
    return engine;
  }

  @Test
  void a_connection_whose_packets_are_kept_beyond_the_bound_is_given_up() {
    TcpFixture engine = marking(TcpFixture.enforcing(), false);
    engine.feed(one.handshake().up("0123456789").up("0123456789").frames());
    assertThat(engine.drops).isEmpty();
    engine.feed(one.up("x").frames().getLast());
    assertThat(engine.counters.value("tcp.retainedTooMuch")).isEqualTo(1);
    assertThat(engine.drops).containsOnly(DropReason.BOUND).hasSize(3);
  }

  @Test
  void a_connection_whose_data_is_kept_to_be_read_beyond_the_bound_is_given_up() {
    TcpFixture engine = marking(TcpFixture.enforcing(), true);
    engine.feed(one.handshake().up("0123456789").up("0123456789").up("x").frames());
    assertThat(engine.counters.value("tcp.retainedTooMuch")).isEqualTo(1);
    assertThat(engine.sent).hasSize(6);
    engine.feed(one.up("y").frames().getLast());
    assertThat(engine.drops).containsExactly(DropReason.FLOW_DROPPED);
  }

  @Test
  void all_connections_together_have_a_bound_too() {
    TcpFixture engine = marking(TcpFixture.enforcing(), true);
    engine.feed(one.handshake().up("0123456789").frames());
    engine.feed(two.handshake().up("0123456789").frames());
    assertThat(engine.counters.value("tcp.retainedTooMuch")).isZero();
    engine.feed(two.up("012345").frames().getLast());
    assertThat(engine.counters.value("tcp.retainedTooMuch")).isEqualTo(1);
    engine.feed(one.up("012345").frames().getLast());
    assertThat(engine.counters.value("tcp.retainedTooMuch")).isEqualTo(1);
  }

  @Test
  void while_observing_only_the_rules_lose_the_connection() {
    TcpFixture engine = marking(TcpFixture.observing(), true);
    engine.feed(one.handshake().up("0123456789").up("0123456789").up("x").frames());
    assertThat(engine.counters.value("tcp.retainedTooMuch")).isEqualTo(1);
    assertThat(engine.drops).isEmpty();
    assertThat(engine.sent).hasSize(6);
  }
}
