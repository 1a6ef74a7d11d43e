package dev.tiaki.netfilter.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.netfilter.netlink.Errno;
import dev.tiaki.netfilter.netlink.NetlinkException;
import dev.tiaki.netfilter.raw.RawSender;
import dev.tiaki.netfilter.testing.TestNamespace;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Datagrams of a namespace's loopback device go through a queue of the real kernel. */
class PacketQueueTest {
  private static final int PORT = 4000;
  private static final int HEADERS4 = 28;

  private TestNamespace network;
  private PacketQueue queue;
  private DatagramSocket server;

  @BeforeEach
  void serve() throws IOException {
    network = TestNamespace.tracking();
    for (String tables : List.of("iptables", "ip6tables")) {
      network.run(
          tables, "-A", "OUTPUT", "-p", "udp", "-m", "mark", "!", "--mark", "4/4", "-j", "NFQUEUE");
    }
    queue = PacketQueue.open(QueueOptions.of(0).in(network.namespace()));
  }

  @AfterEach
  void leave() {
    if (server != null) {
      server.close();
    }
    queue.close();
    network.close();
  }

  private void listen(InetAddress at) throws IOException {
    server = network.inside(() -> new DatagramSocket(PORT, at));
    server.setSoTimeout(5000);
  }

  private String received() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
    server.receive(packet);
    return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
  }

  private void send(InetAddress from, InetAddress to, String text) throws IOException {
    network.inside(() -> {
      try (DatagramSocket socket = new DatagramSocket(0, from)) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        socket.send(new DatagramPacket(bytes, bytes.length, to, PORT));
      }
      return null;
    });
  }

  /** Waits for one packet and stands at it. */
  private byte[] take() throws IOException {
    for (int tries = 0; tries < 100; tries++) {
      if (queue.next() || (queue.receive() && queue.next())) {
        byte[] packet = new byte[queue.packet().length()];
        queue.packet().copyTo(packet, 0);
        return packet;
      }
    }
    throw new AssertionError("no packet came");
  }

  private static String text(byte[] packet, int headers) {
    return new String(packet, headers, packet.length - headers, StandardCharsets.US_ASCII);
  }

  @Test
  void a_wait_for_packets_can_be_interrupted_by_another_thread() throws Exception {
    queue.close();
    queue = PacketQueue.open(waitingForever());
    Thread waker = Thread.ofVirtual().start(() -> queue.interrupt());
    assertThat(queue.receive()).isTrue();
    assertThat(queue.next()).isFalse();
    assertThat(queue.refusedVerdicts()).isZero();
    waker.join();
    queue.close();
    queue.interrupt();
  }

  private QueueOptions waitingForever() {
    QueueOptions options = QueueOptions.of(0).in(network.namespace());
    return new QueueOptions(
        options.namespace(),
        0,
        options.maxPackets(),
        options.receiveBufferBytes(),
        false,
        true,
        true,
        options.slots(),
        600_000);
  }

  @Test
  void an_accepted_packet_goes_on_as_it_is() throws IOException {
    listen(TestNamespace.SERVER);
    send(TestNamespace.CLIENT, TestNamespace.SERVER, "hello");
    byte[] packet = take();
    assertThat(text(packet, HEADERS4)).isEqualTo("hello");
    assertThat(queue.packet().etherType()).isEqualTo(0x0800);
    assertThat(queue.undecided()).isEqualTo(1);
    queue.accept(queue.packet().id());
    queue.flush();
    assertThat(received()).isEqualTo("hello");
    assertThat(queue.undecided()).isZero();
    assertThat(queue.refusedVerdicts()).isZero();
  }

  @Test
  void both_families_share_a_queue() throws IOException {
    listen(TestNamespace.SERVER6);
    send(TestNamespace.CLIENT6, TestNamespace.SERVER6, "six");
    byte[] packet = take();
    assertThat(queue.packet().etherType()).isEqualTo(0x86dd);
    assertThat(text(packet, 48)).isEqualTo("six");
    queue.accept(queue.packet().id());
    queue.flush();
    assertThat(received()).isEqualTo("six");
  }

  @Test
  void an_edited_packet_goes_on_with_its_new_content() throws IOException {
    listen(TestNamespace.SERVER);
    send(TestNamespace.CLIENT, TestNamespace.SERVER, "hello");
    byte[] packet = take();
    packet[HEADERS4] = 'j';
    packet[26] = 0; // no UDP checksum
    packet[27] = 0;
    queue.accept(queue.packet().id(), PacketQueue.KEEP_MARK, packet, 0, packet.length);
    queue.flush();
    assertThat(received()).isEqualTo("jello");
  }

  @Test
  void verdicts_may_come_late_and_in_any_order() throws IOException {
    listen(TestNamespace.SERVER);
    List<Integer> ids = new ArrayList<>();
    for (String text : List.of("a", "b", "c", "d")) {
      send(TestNamespace.CLIENT, TestNamespace.SERVER, text);
      take();
      ids.add(queue.packet().id());
    }
    queue.accept(ids.get(3));
    queue.drop(ids.get(1));
    queue.accept(ids.get(2));
    queue.flush();
    assertThat(received()).isEqualTo("d");
    assertThat(received()).isEqualTo("c");
    QueueStatistics waiting = QueueStatistics.read(network.namespace(), 0);
    assertThat(waiting.waiting()).isEqualTo(1);
    queue.accept(ids.get(0));
    queue.flush();
    assertThat(received()).isEqualTo("a");
    assertThat(QueueStatistics.read(network.namespace(), 0).waiting()).isZero();
  }

  @Test
  void a_run_of_accepted_packets_leaves_one_that_was_dropped_dropped() throws IOException {
    listen(TestNamespace.SERVER);
    for (String text : List.of("a", "b", "c")) {
      send(TestNamespace.CLIENT, TestNamespace.SERVER, text);
    }
    for (int i = 0; i < 3; i++) {
      take();
      if (i == 1) {
        queue.drop(queue.packet().id());
      } else {
        queue.accept(queue.packet().id());
      }
    }
    queue.flush();
    assertThat(received()).isEqualTo("a");
    assertThat(received()).isEqualTo("c");
  }

  @Test
  void a_mark_travels_with_the_verdict() throws IOException {
    network.nft(
        """
        table inet save {
          chain post {
            type filter hook output priority 100;
            udp dport 4000 ct mark set meta mark
          }
        }
        """);
    listen(TestNamespace.SERVER);
    send(TestNamespace.CLIENT, TestNamespace.SERVER, "hello");
    take();
    queue.accept(queue.packet().id(), 0x1234);
    queue.flush();
    received();
    assertThat(network.procLines())
        .anySatisfy(line -> assertThat(line).contains("dport=4000", "mark=4660"));
  }

  @Test
  void a_raw_packet_with_the_mark_is_not_queued() throws IOException {
    listen(TestNamespace.SERVER);
    send(TestNamespace.CLIENT, TestNamespace.SERVER, "hello");
    byte[] packet = take();
    queue.drop(queue.packet().id());
    queue.flush();
    packet[HEADERS4] = 'c';
    packet[26] = 0;
    packet[27] = 0;
    try (RawSender raw = RawSender.open(network.namespace(), 4)) {
      assertThat(raw.send(packet, 0, packet.length)).isZero();
    }
    assertThat(received()).isEqualTo("cello");
  }

  @Test
  void a_queue_is_served_by_one_program_only() {
    assertThatThrownBy(() -> PacketQueue.open(QueueOptions.of(0).in(network.namespace())))
        .isInstanceOfSatisfying(
            NetlinkException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY))
        .hasMessageContaining("queue 0 is served by another program");
  }

  @Test
  void a_queue_is_given_back_in_the_name_of_its_owner_and_taken_again() throws Exception {
    listen(TestNamespace.SERVER);
    send(TestNamespace.CLIENT, TestNamespace.SERVER, "never decided");
    take();
    send(TestNamespace.CLIENT, TestNamespace.SERVER, "never seen");
    Thread another = Thread.ofPlatform().start(() -> assertThat(queue.suspend()).isTrue());
    another.join();
    assertThat(QueueStatistics.read(network.namespace(), 0)).isNull();
    queue.accept(queue.packet().id());
    queue.flush();

    queue.resume();
    assertThat(QueueStatistics.read(network.namespace(), 0)).isNotNull();
    assertThat(queue.isJoining()).isTrue();
    send(TestNamespace.CLIENT, TestNamespace.SERVER, "guarded");
    assertThat(text(take(), HEADERS4)).isEqualTo("guarded");
    assertThat(queue.packet().id()).isEqualTo(1);
    queue.accept(queue.packet().id());
    queue.flush();
    assertThat(received()).isEqualTo("guarded");
    queue.close();
    assertThat(queue.suspend()).isFalse();
  }

  @Test
  void whether_a_queue_is_served_can_be_asked_without_touching_it() throws IOException {
    assertThat(PacketQueue.isServed(network.namespace(), 0)).isTrue();
    assertThat(PacketQueue.isServed(network.namespace(), 1)).isFalse();
    listen(TestNamespace.SERVER);
    send(TestNamespace.CLIENT, TestNamespace.SERVER, "still here");
    assertThat(text(take(), HEADERS4)).isEqualTo("still here");
    queue.close();
    assertThat(PacketQueue.isServed(network.namespace(), 0)).isFalse();
  }

  @Test
  void packets_that_find_the_queue_full_are_counted() throws IOException {
    queue.close();
    queue = PacketQueue.open(QueueOptions.of(0).in(network.namespace()).withSizes(2, 1 << 20));
    listen(TestNamespace.SERVER);
    for (int i = 0; i < 5; i++) {
      try {
        send(TestNamespace.CLIENT, TestNamespace.SERVER, "hello");
      } catch (IOException refused) {
        // the sender of a packet that this host drops is told
        assertThat(refused).hasMessageContaining("not permitted");
      }
    }
    QueueStatistics statistics = QueueStatistics.read(network.namespace(), 0);
    assertThat(statistics.waiting()).isEqualTo(2);
    assertThat(statistics.full()).isEqualTo(3);
  }
}
