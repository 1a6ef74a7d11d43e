package dev.tiaki.dissector.icmp;

import dev.tiaki.dissector.ip.QuotedPacket;
import dev.tiaki.engine.address.IpAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What an ICMP message says, for the messages of either family that are common. What a message is
 * too short to say is {@link Other}; what it quotes may be null for the same reason.
 */
public sealed interface IcmpMessage {
  /** Returns what rules call this kind of message. */
  String kind();

  /** Returns the packet that the message is about, as far as it is quoted, or null. */
  default @Nullable QuotedPacket quoted() {
    return null;
  }

  /**
   * A question that its receiver answers with the same data.
   *
   * @param reply whether it is the answer
   * @param identifier who asks, 0 to 65 535
   * @param sequence which question it is, 0 to 65 535
   */
  record Echo(boolean reply, int identifier, int sequence) implements IcmpMessage {
    @Override
    public String kind() {
      return reply ? "echo_reply" : "echo_request";
    }
  }

  /**
   * A packet did not get to where it was sent.
   *
   * @param mtu how large a packet may be, when it was too large for IPv4 (RFC 1191), else 0
   * @param quoted the packet
   */
  record Unreachable(int mtu, @Nullable QuotedPacket quoted) implements IcmpMessage {
    @Override
    public String kind() {
      return "unreachable";
    }
  }

  /**
   * An IPv6 packet was too large.
   *
   * @param mtu how large it may be, in bytes
   * @param quoted the packet
   */
  record PacketTooBig(long mtu, @Nullable QuotedPacket quoted) implements IcmpMessage {
    @Override
    public String kind() {
      return "packet_too_big";
    }
  }

  /**
   * A packet travelled too far, or its fragments did not come.
   *
   * @param quoted the packet
   */
  record TimeExceeded(@Nullable QuotedPacket quoted) implements IcmpMessage {
    @Override
    public String kind() {
      return "time_exceeded";
    }
  }

  /**
   * A header field of a packet makes no sense.
   *
   * @param pointer the offset of the field in the packet
   * @param quoted the packet
   */
  record ParameterProblem(long pointer, @Nullable QuotedPacket quoted) implements IcmpMessage {
    @Override
    public String kind() {
      return "parameter_problem";
    }
  }

  /**
   * There is a better way to a destination.
   *
   * @param gateway where to send instead
   * @param quoted the packet that went the worse way; IPv6 may quote it in an option, which is not
   *     read
   */
  record Redirect(IpAddress gateway, @Nullable QuotedPacket quoted) implements IcmpMessage {
    @Override
    public String kind() {
      return "redirect";
    }
  }

  /**
   * A neighbour is looked for, or says that it is there (RFC 4861 sections 4.3 and 4.4).
   *
   * @param advertisement whether it is the answer
   * @param target the neighbour's address
   */
  record Neighbor(boolean advertisement, IpAddress target) implements IcmpMessage {
    @Override
    public String kind() {
      return advertisement ? "neighbor_advertisement" : "neighbor_solicitation";
    }
  }

  /**
   * A router is looked for, or says that it is there (RFC 4861 sections 4.1 and 4.2).
   *
   * @param advertisement whether it is the answer
   */
  record Router(boolean advertisement) implements IcmpMessage {
    @Override
    public String kind() {
      return advertisement ? "router_advertisement" : "router_solicitation";
    }
  }

  /** Anything else. */
  record Other() implements IcmpMessage {
    @Override
    public String kind() {
      return "other";
    }
  }

  /** Reads the message in {@code bytes[start .. end)}, which has at least 8 bytes. */
  static IcmpMessage read(IcmpFamily family, byte[] bytes, int start, int end) {
    int type = bytes[start] & 0xff;
    int code = bytes[start + 1] & 0xff;
    ByteBuffer word = ByteBuffer.wrap(bytes, start + 4, 4);
    return family == IcmpFamily.ICMP
        ? ofIpv4(type, code, word, QuotedPacket.read(bytes, start + 8, end))
        : ofIpv6(type, word, bytes, start + 8, end);
  }

  private static IcmpMessage ofIpv4(
      int type, int code, ByteBuffer word, @Nullable QuotedPacket quoted) {
    int first = Short.toUnsignedInt(word.getShort());
    int second = Short.toUnsignedInt(word.getShort());
    return switch (type) {
      case 0 -> new Echo(true, first, second);
      case 8 -> new Echo(false, first, second);
      case 3 -> new Unreachable(code == 4 ? second : 0, quoted);
      case 5 -> new Redirect(IpAddress.ipv4(first << 16 | second), quoted);
      case 11 -> new TimeExceeded(quoted);
      case 12 -> new ParameterProblem(first >> 8, quoted);
      default -> new Other();
    };
  }

  private static IcmpMessage ofIpv6(int type, ByteBuffer word, byte[] bytes, int body, int end) {
    int first = Short.toUnsignedInt(word.getShort());
    int second = Short.toUnsignedInt(word.getShort());
    long whole = (long) first << 16 | second;
    return switch (type) {
      case 1 -> new Unreachable(0, QuotedPacket.read(bytes, body, end));
      case 2 -> new PacketTooBig(whole, QuotedPacket.read(bytes, body, end));
      case 3 -> new TimeExceeded(QuotedPacket.read(bytes, body, end));
      case 4 -> new ParameterProblem(whole, QuotedPacket.read(bytes, body, end));
      case 128 -> new Echo(false, first, second);
      case 129 -> new Echo(true, first, second);
      case 133 -> new Router(false);
      case 134 -> new Router(true);
      case 135, 136, 137 -> withTarget(type, bytes, body, end);
      default -> new Other();
    };
  }

  private static IcmpMessage withTarget(int type, byte[] bytes, int body, int end) {
    if (end - body < IpAddress.IPV6_BYTES) {
      return new Other();
    }
    IpAddress target = IpAddress.readIpv6(bytes, body);
    return type == 137 ? new Redirect(target, null) : new Neighbor(type == 136, target);
  }
}
