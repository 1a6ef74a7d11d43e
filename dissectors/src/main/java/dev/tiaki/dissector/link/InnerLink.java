package dev.tiaki.dissector.link;

/** Finds the network header behind a link header that a tunnel carries inside a frame. */
public final class InnerLink {
  /** What is returned when there is no network header, or a broken one. */
  public static final long NONE = NetworkStart.MALFORMED;

  private static final int ETHERNET_BYTES = 14;
  private static final int TYPE = 12;

  private InnerLink() {}

  /** Looks behind the Ethernet header at {@code offset}; nothing from {@code end} on counts. */
  public static long ethernet(byte[] frame, int offset, int end) {
    return offset + ETHERNET_BYTES > end
        ? NONE
        : EtherTypes.follow(Octets.u16(frame, offset + TYPE), frame, end, offset + ETHERNET_BYTES);
  }

  /** Looks behind a PPP header. */
  public static long pointToPoint(byte[] frame, int offset, int end) {
    return PointToPoint.find(frame, end, offset);
  }

  /** Looks at what an EtherType announces at {@code offset}: it may be tagged or labelled. */
  public static long ofType(int etherType, byte[] frame, int offset, int end) {
    return EtherTypes.follow(etherType, frame, end, offset);
  }

  /** Returns where the network header starts. */
  public static int offset(long found) {
    return NetworkStart.offset(found);
  }

  /** Returns the EtherType of the network header. */
  public static int etherType(long found) {
    return NetworkStart.etherType(found);
  }
}
