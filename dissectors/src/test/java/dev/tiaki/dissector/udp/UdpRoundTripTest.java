package dev.tiaki.dissector.udp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.dissector.ip.IpFixture;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.traffic.UdpDatagram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random datagrams of both families: what nobody edits leaves as it came; behind an edit the next
 * reader sees the edit, and nothing else is another. {@code -Dtiaki.seed=N} repeats a run.
 */
class UdpRoundTripTest {
  private static final int ROUNDS = 500;

  private final long seed = Long.getLong("tiaki.seed", System.nanoTime());
  private final Random random = new Random(seed);

  /** What a reader sees of a datagram. */
  private record Seen(int source, int destination, int length, boolean right, String payload) {
    static Seen of(UdpPacket packet) {
      return new Seen(
          packet.sourcePort(),
          packet.destinationPort(),
          packet.length(),
          packet.verifyChecksum(),
          HexFormat.of().formatHex(packet.payload().toByteArray()));
    }
  }

  private byte[] datagram() {
    boolean ipv6 = random.nextBoolean();
    String ports = ":" + (1 + random.nextInt(65_000));
    return UdpDatagram.between(
            (ipv6 ? "[2001:db8::1]" : "10.0.0.1") + ports,
            (ipv6 ? "[2001:db8::2]" : "10.0.0.2") + ":" + (1 + random.nextInt(65_000)))
        .payload(bytes(random.nextInt(64)))
        .toIp()
        .bytes();
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] pass(byte[] datagram, UdpPacketListener rule) {
    IpFixture net = new IpFixture();
    UdpDissector udp = new UdpDissector(net.context);
    net.transports.set(UdpLayout.PROTOCOL, udp);
    udp.events().receivePacket().add(rule);
    net.receive(datagram);
    assertThat(net.defects).isEmpty();
    return net.sent.getFirst();
  }

  private static Seen read(byte[] datagram) {
    List<Seen> seen = new ArrayList<>();
    pass(datagram, packet -> seen.add(Seen.of(packet)));
    return seen.getFirst();
  }

  @Test
  void what_nobody_edits_leaves_as_it_came() {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] datagram = datagram();
      assertThat(pass(datagram, Seen::of)).as("seed %d", seed).isEqualTo(datagram);
    }
  }

  @Test
  void behind_an_edit_the_next_reader_sees_the_edit_and_nothing_else() {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] datagram = datagram();
      Seen before = read(datagram);
      List<Seen> expected = new ArrayList<>();
      byte[] edited = pass(datagram, packet -> expected.add(edit(packet, before)));
      assertThat(read(edited)).as("seed %d round %d", seed, round).isEqualTo(expected.getFirst());
      int addresses = (datagram[0] & 0xf0) == 0x60 ? 8 : 12;
      int transport = (datagram[0] & 0xf0) == 0x60 ? 40 : 20;
      assertThat(Arrays.copyOfRange(edited, addresses, transport))
          .isEqualTo(Arrays.copyOfRange(datagram, addresses, transport));
    }
  }

  private Seen edit(UdpPacket packet, Seen was) {
    int number = random.nextInt(65_536);
    byte[] put = bytes(random.nextInt(8));
    int at = random.nextInt(packet.payloadLength() + 1);
    return switch (random.nextInt(4)) {
      case 0 -> {
        packet.setSourcePort(number);
        yield new Seen(number, was.destination, was.length, true, was.payload);
      }
      case 1 -> {
        packet.setDestinationPort(number);
        yield new Seen(was.source, number, was.length, true, was.payload);
      }
      case 2 -> {
        packet.payload().position(at).insert(VirtualBuffer.of(put.clone()));
        String text =
            was.payload.substring(0, 2 * at)
                + HexFormat.of().formatHex(put)
                + was.payload.substring(2 * at);
        yield new Seen(was.source, was.destination, was.length + put.length, true, text);
      }
      default -> {
        packet.payload().sub(at, Long.MAX_VALUE).erase();
        String text = was.payload.substring(0, 2 * at);
        yield new Seen(was.source, was.destination, 8 + at, true, text);
      }
    };
  }
}
