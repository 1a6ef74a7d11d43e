package dev.tiaki.bench.fuzz;

import org.jspecify.annotations.Nullable;

/**
 * Where things stand in an Ethernet frame with IPv4 or plain IPv6, as far as choosing seeds needs
 * it.
 *
 * @param protocol what the IP header announces
 * @param sourcePort of TCP and UDP, else 0
 * @param destinationPort of TCP and UDP, else 0
 * @param dataOffset where the data of TCP and UDP start, octets from the frame's start
 * @param dataLength how many octets of data there are
 */
record SeedFrame(
    int protocol, int sourcePort, int destinationPort, int dataOffset, int dataLength) {
  private static final int ETHERNET = 14;
  private static final int TCP = 6;
  private static final int UDP = 17;

  /** Returns null for frames that hold nothing of use. */
  static @Nullable SeedFrame of(byte[] frame) {
    if (frame.length < ETHERNET + 20) {
      return null;
    }
    return switch (number(frame, 12)) {
      case 0x0800 -> transport(frame, frame[23] & 0xff, ETHERNET + (frame[14] & 15) * 4, 16);
      case 0x86dd ->
          frame.length < ETHERNET + 40
              ? null
              : transport(frame, frame[20] & 0xff, ETHERNET + 40, -1);
      default -> null;
    };
  }

  private static SeedFrame transport(byte[] frame, int protocol, int at, int totalLengthAt) {
    boolean hasPorts = (protocol == TCP || protocol == UDP) && frame.length >= at + 20;
    if (!hasPorts) {
      return new SeedFrame(protocol, 0, 0, at, 0);
    }
    int data = at + (protocol == UDP ? 8 : ((frame[at + 12] >> 4) & 15) * 4);
    int end =
        totalLengthAt < 0
            ? frame.length
            : Math.min(frame.length, ETHERNET + number(frame, totalLengthAt));
    return new SeedFrame(
        protocol, number(frame, at), number(frame, at + 2), data, Math.max(0, end - data));
  }

  private static int number(byte[] frame, int at) {
    return ((frame[at] & 0xff) << 8) | (frame[at + 1] & 0xff);
  }

  /** Tells whether a frame is an input of a target whose inputs are frames. */
  static boolean belongs(FuzzTarget target, SeedFrame frame) {
    return switch (target) {
      case ICMP -> frame.protocol == 1 || frame.protocol == 58;
      case UDP -> frame.protocol == UDP;
      case TCP -> frame.protocol == TCP;
      case TUNNEL ->
          frame.protocol == 4
              || frame.protocol == 41
              || frame.protocol == 47
              || frame.destinationPort == 4789
              || frame.destinationPort == 6081;
      default -> true;
    };
  }
}
