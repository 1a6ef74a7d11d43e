package dev.tiaki.dissector.link;

/** Follows tags, labels and small headers from one EtherType to the one of the network header. */
final class EtherTypes {
  private static final int CUSTOMER_TAG = 0x8100;
  private static final int SERVICE_TAG = 0x88a8;
  private static final int OLD_SERVICE_TAG = 0x9100;
  private static final int OLDER_SERVICE_TAG = 0x9200;
  private static final int MPLS_UNICAST = 0x8847;
  private static final int MPLS_MULTICAST = 0x8848;
  static final int PPPOE_SESSION = 0x8864;

  /** Below it the field is a length, IEEE 802.3 section 3.2.6. */
  static final int SMALLEST_ETHER_TYPE = 0x0600;

  /** More tags than any network has; a frame that is all tags must not cost more. */
  private static final int MAX_TAGS = 8;

  private static final int MAX_LABELS = 16;
  static final int TAG_BYTES = 4;
  private static final int LABEL_BYTES = 4;
  private static final int PPPOE_BYTES = 6;
  private static final int SNAP_BYTES = 8;
  private static final int LLC_BYTES = 3;
  private static final int LLC_SNAP = 0xaaaa;
  private static final int LLC_IP = 0x0606;
  private static final int BOTTOM_OF_STACK = 0x100;

  private EtherTypes() {}

  /** Returns the network start when a header of {@code etherType} stands at {@code offset}. */
  static long follow(int etherType, byte[] frame, int length, int offset) {
    int type = etherType;
    int at = offset;
    for (int tags = 0; isTag(type); tags++) {
      if (at + TAG_BYTES > length || tags == MAX_TAGS) {
        return NetworkStart.MALFORMED;
      }
      type = Octets.u16(frame, at + 2);
      at += TAG_BYTES;
    }
    return switch (type) {
      case MPLS_UNICAST, MPLS_MULTICAST -> behindLabels(frame, length, at);
      case PPPOE_SESSION -> PointToPoint.find(frame, length, at + PPPOE_BYTES);
      default ->
          type < SMALLEST_ETHER_TYPE ? behindLlc(frame, length, at) : NetworkStart.of(at, type);
    };
  }

  static boolean isTag(int type) {
    return switch (type) {
      case CUSTOMER_TAG, SERVICE_TAG, OLD_SERVICE_TAG, OLDER_SERVICE_TAG -> true;
      default -> false;
    };
  }

  /** RFC 3032: nothing says what is behind the last label, so the IP version has to. */
  private static long behindLabels(byte[] frame, int length, int offset) {
    int at = offset;
    for (int labels = 0; labels < MAX_LABELS; labels++) {
      if (at + LABEL_BYTES > length) {
        return NetworkStart.MALFORMED;
      }
      boolean last = (Octets.i32(frame, at) & BOTTOM_OF_STACK) != 0;
      at += LABEL_BYTES;
      if (last) {
        return LinkHeader.byVersion(frame, length, at);
      }
    }
    return NetworkStart.MALFORMED;
  }

  /** IEEE 802.2: SNAP (RFC 1042) names an EtherType; one SAP is IP itself; others carry none. */
  private static long behindLlc(byte[] frame, int length, int at) {
    if (at + LLC_BYTES > length) {
      return NetworkStart.MALFORMED;
    }
    int sap = Octets.u16(frame, at);
    if (sap == LLC_IP) {
      return NetworkStart.of(at + LLC_BYTES, NetworkStart.IPV4);
    }
    if (sap != LLC_SNAP) {
      return NetworkStart.of(at, NetworkStart.UNKNOWN);
    }
    return at + SNAP_BYTES > length
        ? NetworkStart.MALFORMED
        : NetworkStart.of(at + SNAP_BYTES, Octets.u16(frame, at + 6));
  }
}
