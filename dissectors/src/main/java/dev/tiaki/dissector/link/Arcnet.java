package dev.tiaki.dissector.link;

/**
 * ARCNET headers: addresses, on Linux an offset, a type, and for the newer types (RFC 1201) three
 * octets about the parts of a packet; the older ones (RFC 1051) have none.
 */
final class Arcnet {
  private static final int OLD_IPV4 = 240;
  private static final int IPV4 = 212;
  private static final int IPV6 = 196;
  private static final int PARTS_BYTES = 3;

  private Arcnet() {}

  static long find(byte[] frame, int length, int typeOffset) {
    int behindType = typeOffset + 1;
    if (length < behindType) {
      return NetworkStart.MALFORMED;
    }
    return switch (frame[typeOffset] & 0xff) {
      case OLD_IPV4 -> NetworkStart.of(behindType, NetworkStart.IPV4);
      case IPV4 -> whole(frame, length, behindType, NetworkStart.IPV4);
      case IPV6 -> whole(frame, length, behindType, NetworkStart.IPV6);
      default -> NetworkStart.of(behindType, NetworkStart.UNKNOWN);
    };
  }

  private static long whole(byte[] frame, int length, int partsAt, int etherType) {
    int offset = partsAt + PARTS_BYTES;
    if (length < offset) {
      return NetworkStart.MALFORMED;
    }
    boolean inParts = frame[partsAt] != 0;
    return NetworkStart.of(offset, inParts ? NetworkStart.UNKNOWN : etherType);
  }
}
