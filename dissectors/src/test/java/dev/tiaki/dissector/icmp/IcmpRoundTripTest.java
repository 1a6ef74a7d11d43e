package dev.tiaki.dissector.icmp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.dissector.ip.IpFixture;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.traffic.IcmpMessage;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random messages of ICMP and ICMPv6: what nobody edits leaves as it came; behind an edit the next
 * reader sees the edit, and nothing else is another. {@code -Dtiaki.seed=N} repeats a run.
 */
class IcmpRoundTripTest {
  private static final int ROUNDS = 500;

  private final long seed = Long.getLong("tiaki.seed", System.nanoTime());
  private final Random random = new Random(seed);

  /** What a reader sees of a message. */
  private record Seen(int type, int code, boolean right, String payload) {
    static Seen of(IcmpPacket packet) {
      return new Seen(
          packet.type(),
          packet.code(),
          packet.verifyChecksum(),
          HexFormat.of().formatHex(packet.payload().toByteArray()));
    }
  }

  private byte[] message(IcmpFamily family) {
    boolean ipv6 = family == IcmpFamily.ICMPV6;
    byte[] data = new byte[random.nextInt(64)];
    random.nextBytes(data);
    return IcmpMessage.between(ipv6 ? "2001:db8::1" : "10.0.0.1", ipv6 ? "2001:db8::2" : "10.0.0.2")
        .type(random.nextInt(256), random.nextInt(256))
        .rest(random.nextInt())
        .payload(data)
        .toIp()
        .bytes();
  }

  private static byte[] pass(IcmpFamily family, byte[] datagram, IcmpPacketListener rule) {
    IpFixture net = new IpFixture();
    IcmpDissector icmp = new IcmpDissector(net.context, family);
    net.transports.set(family.protocol(), icmp);
    icmp.events().receivePacket().add(rule);
    net.receive(datagram);
    assertThat(net.defects).isEmpty();
    return net.sent.getFirst();
  }

  private static Seen read(IcmpFamily family, byte[] datagram) {
    List<Seen> seen = new ArrayList<>();
    pass(family, datagram, packet -> seen.add(Seen.of(packet)));
    return seen.getFirst();
  }

  @ParameterizedTest
  @EnumSource
  void what_nobody_edits_leaves_as_it_came(IcmpFamily family) {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] message = message(family);
      assertThat(pass(family, message, Seen::of)).as("seed %d", seed).isEqualTo(message);
    }
  }

  @ParameterizedTest
  @EnumSource
  void behind_an_edit_the_next_reader_sees_the_edit_and_nothing_else(IcmpFamily family) {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] message = message(family);
      Seen before = read(family, message);
      List<Seen> expected = new ArrayList<>();
      byte[] edited = pass(family, message, packet -> expected.add(edit(packet, before)));
      assertThat(read(family, edited))
          .as("seed %d round %d", seed, round)
          .isEqualTo(expected.getFirst());
    }
  }

  private Seen edit(IcmpPacket packet, Seen was) {
    int number = random.nextInt(256);
    int at = random.nextInt((int) packet.payload().size() + 1);
    return switch (random.nextInt(4)) {
      case 0 -> {
        packet.setType(number);
        yield new Seen(number, was.code, true, was.payload);
      }
      case 1 -> {
        packet.setCode(number);
        yield new Seen(was.type, number, true, was.payload);
      }
      case 2 -> {
        packet.payload().position(at).insert(VirtualBuffer.of(new byte[] {(byte) number}));
        String put = HexFormat.of().toHexDigits((byte) number);
        String text = was.payload.substring(0, 2 * at) + put + was.payload.substring(2 * at);
        yield new Seen(was.type, was.code, true, text);
      }
      default -> {
        int from = Math.max(4, at); // a message has eight octets at least
        packet.payload().sub(from, Long.MAX_VALUE).erase();
        yield new Seen(was.type, was.code, true, was.payload.substring(0, 2 * from));
      }
    };
  }
}
