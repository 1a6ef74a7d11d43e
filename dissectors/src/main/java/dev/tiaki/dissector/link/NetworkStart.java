package dev.tiaki.dissector.link;

/**
 * Where the network header of a frame starts and of which EtherType it is, packed into one number
 * so that finding it allocates nothing; or that the link header is broken.
 */
final class NetworkStart {
  /** The link header is cut, or says something that cannot be. */
  static final long MALFORMED = -1;

  static final int IPV4 = 0x0800;
  static final int IPV6 = 0x86dd;

  /** The EtherType of a frame that carries something that has none, or that nobody here reads. */
  static final int UNKNOWN = 0;

  private NetworkStart() {}

  static long of(int offset, int etherType) {
    return (long) offset << 16 | etherType;
  }

  static int offset(long start) {
    return (int) (start >> 16);
  }

  static int etherType(long start) {
    return (int) start & 0xffff;
  }
}
