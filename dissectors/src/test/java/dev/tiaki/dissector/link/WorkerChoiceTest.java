package dev.tiaki.dissector.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.traffic.Conversation;
import dev.tiaki.traffic.Encapsulation;
import dev.tiaki.traffic.Frame;
import dev.tiaki.traffic.Trace;
import dev.tiaki.traffic.UdpDatagram;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkerChoiceTest {
  private static int worker(Frame frame, int workers) {
    return WorkerChoice.of(frame.linkType(), frame.bytes(), frame.length(), workers);
  }

  @Test
  void both_directions_meet_the_same_worker() {
    for (int host = 1; host < 200; host++) {
      Conversation four = Conversation.between("10.0.0." + host + ":1", "192.0.2.7:80");
      Conversation six = Conversation.between("[fd00::" + host + "]:1", "[2001:db8::7]:80");
      for (Conversation talk : List.of(four, six)) {
        assertThat(talk.handshake().frames())
            .extracting(frame -> worker(frame, 16))
            .containsOnly(worker(talk.frames().getFirst(), 16));
      }
    }
  }

  @Test
  void fragments_meet_the_worker_of_their_datagram() {
    Trace trace = new Trace();
    trace.send(UdpDatagram.between("10.0.0.1:1", "10.0.0.2:2").payload("x".repeat(99)).toIp());
    int whole = worker(trace.frames().getFirst(), 16);
    assertThat(trace.fragment(16).frames())
        .hasSize(7)
        .allSatisfy(frame -> assertThat(worker(frame, 16)).isEqualTo(whole));
  }

  @Test
  void the_link_header_does_not_matter() {
    Conversation plain = Conversation.between("10.0.0.1:1", "10.0.0.2:2").syn();
    Conversation tagged = Conversation.between("10.0.0.1:1", "10.0.0.2:2");
    assertThat(worker(tagged.over(Encapsulation.vlan(9)).syn().frames().getFirst(), 64))
        .isEqualTo(worker(plain.frames().getFirst(), 64));
  }

  @Test
  void neighbouring_addresses_spread_evenly() {
    int workers = 4;
    int[] share = new int[workers];
    for (int host = 0; host < 4000; host++) {
      String client = "10.1." + host / 250 + "." + host % 250 + ":1";
      share[
          worker(Conversation.between(client, "10.2.0.1:80").syn().frames().getFirst(), workers)]++;
    }
    assertThat(IntStream.of(share).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(900, 1100));
  }

  @Test
  void frames_without_addresses_go_to_the_first_worker() {
    Frame syn = Conversation.between("10.0.0.1:1", "10.0.0.2:2").syn().frames().getFirst();
    assertThat(worker(syn.cut(33), 8)).isZero();
    assertThat(worker(syn.cut(3), 8)).isZero();
    assertThat(worker(syn.withOctet(13, 6), 8)).isZero(); // ARP
    assertThat(worker(syn, 1)).isZero();
  }
}
