package dev.tiaki.dissector.link;

import dev.tiaki.engine.packet.LinkType;

/**
 * Says which worker a frame belongs to: by its two IP addresses alone, in either order.
 *
 * <p>So both directions of a connection meet the same worker, and so do all fragments of a datagram
 * and all connections between two hosts. Frames without IP addresses go to worker 0.
 */
public final class WorkerChoice {
  private static final int IPV4_ADDRESSES = 12;
  private static final int IPV4_ADDRESSES_END = 20;
  private static final int IPV6_ADDRESSES = 8;
  private static final int IPV6_ADDRESSES_END = 40;

  private WorkerChoice() {}

  /**
   * Returns the number of the worker, from 0 to {@code workers - 1}.
   *
   * @param frame an array whose first {@code length} bytes are the frame
   */
  public static int of(LinkType linkType, byte[] frame, int length, int workers) {
    long start = LinkHeader.find(linkType, frame, length);
    if (workers <= 1 || start == NetworkStart.MALFORMED) {
      return 0;
    }
    int at = NetworkStart.offset(start);
    long hash =
        switch (NetworkStart.etherType(start)) {
          case NetworkStart.IPV4 -> ipv4(frame, length, at);
          case NetworkStart.IPV6 -> ipv6(frame, length, at);
          default -> 0;
        };
    return (int)
        (((hash >>> 32) * workers) >>> 32); // the upper half, scaled down without a division
  }

  private static long ipv4(byte[] frame, int length, int at) {
    if (at + IPV4_ADDRESSES_END > length) {
      return 0;
    }
    int source = Octets.i32(frame, at + IPV4_ADDRESSES);
    int destination = Octets.i32(frame, at + IPV4_ADDRESSES + 4);
    return pair(mix(source), mix(destination));
  }

  private static long ipv6(byte[] frame, int length, int at) {
    if (at + IPV6_ADDRESSES_END > length) {
      return 0;
    }
    int source = at + IPV6_ADDRESSES;
    int destination = source + 16;
    return pair(
        mix(Octets.i64(frame, source) ^ mix(Octets.i64(frame, source + 8))),
        mix(Octets.i64(frame, destination) ^ mix(Octets.i64(frame, destination + 8))));
  }

  /** The same for both orders; mixed once more, since sums of mixed numbers are not even. */
  private static long pair(long source, long destination) {
    return mix(source + destination);
  }

  /** The finishing step of SplitMix64: each bit of the result depends on each bit of the value. */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
