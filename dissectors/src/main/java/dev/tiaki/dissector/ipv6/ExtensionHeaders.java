package dev.tiaki.dissector.ipv6;

/**
 * A walk over a chain of extension headers (RFC 8200 section 4) that stops at the upper protocol,
 * or behind a Fragment header that belongs to a real fragment. Used again for each packet.
 */
final class ExtensionHeaders {
  /** More than any honest chain has; each costs the walker one step. */
  static final int MAX_HEADERS = 16;

  static final int HOP_BY_HOP = 0;
  static final int ROUTING = 43;
  static final int FRAGMENT = 44;
  static final int AUTHENTICATION = 51;
  static final int DESTINATION_OPTIONS = 60;
  static final int MOBILITY = 135;
  static final int HOST_IDENTITY = 139;
  static final int SHIM6 = 140;

  private static final int NONE = -1;

  private int protocol;
  private int protocolField;
  private int end;
  private int fragmentHeader;

  /** Returns whether a packet with this next header needs no walk. */
  static boolean isUpper(int nextHeader) {
    return switch (nextHeader) {
      case HOP_BY_HOP, ROUTING, FRAGMENT, AUTHENTICATION -> false;
      case DESTINATION_OPTIONS, MOBILITY, HOST_IDENTITY, SHIM6 -> false;
      default -> true;
    };
  }

  /** Says that there are no extension headers. */
  void none(int nextHeader, int nextHeaderField, int upperOffset) {
    protocol = nextHeader;
    protocolField = nextHeaderField;
    end = upperOffset;
    fragmentHeader = NONE;
  }

  /**
   * Walks from {@code offset} on.
   *
   * @param nextHeader what stands at {@code offset}
   * @param nextHeaderField where that number stands
   * @param limit the offset behind the last byte that may be read
   * @param afterBase whether {@code offset} is right behind the base header
   * @return false when the chain is broken: cut, too long, or against the rules of order
   */
  boolean walk(
      byte[] bytes, int offset, int limit, int nextHeader, int nextHeaderField, boolean afterBase) {
    none(nextHeader, nextHeaderField, offset);
    int start = offset;
    for (int count = 0; !isUpper(protocol); count++) {
      if (count == MAX_HEADERS || end + 8 > limit) {
        return false;
      }
      // Hop-by-Hop Options stand first or nowhere (section 4.1)
      if (protocol == HOP_BY_HOP && !(afterBase && end == start)) {
        return false;
      }
      int at = end;
      if (protocol == FRAGMENT) {
        if (fragmentHeader != NONE) {
          return false;
        }
        fragmentHeader = at;
      }
      int length = length(protocol, bytes[at + 1] & 0xff);
      if (at + length > limit) {
        return false;
      }
      protocol = bytes[at] & 0xff;
      protocolField = at;
      end = at + length;
      if (fragmentHeader == at && isRealFragment(bytes, at)) {
        return true;
      }
    }
    return true;
  }

  private static int length(int header, int lengthField) {
    return switch (header) {
      case FRAGMENT -> Ipv6Layout.FRAGMENT_HEADER_BYTES;
      // RFC 4302 section 2.2: in units of 4 octets, minus 2
      case AUTHENTICATION -> (lengthField + 2) * 4;
      default -> (lengthField + 1) * 8;
    };
  }

  /** An "atomic" fragment is a whole datagram and processed as one (RFC 6946). */
  private static boolean isRealFragment(byte[] bytes, int at) {
    int word = (bytes[at + 2] & 0xff) << 8 | (bytes[at + 3] & 0xff);
    return (word & (Ipv6Layout.OFFSET_MASK | Ipv6Layout.MORE_FRAGMENTS)) != 0;
  }

  /** Returns the upper protocol, or what the Fragment header names. */
  int protocol() {
    return protocol;
  }

  /** Says that the number of the upper protocol was written. */
  void protocolWritten(int number) {
    protocol = number;
  }

  /** Returns where the number of the upper protocol stands. */
  int protocolField() {
    return protocolField;
  }

  /** Returns the offset behind the chain. */
  int end() {
    return end;
  }

  boolean hasFragmentHeader() {
    return fragmentHeader != NONE;
  }

  /** Returns where the Fragment header stands, -1 when there is none. */
  int fragmentHeader() {
    return fragmentHeader;
  }
}
