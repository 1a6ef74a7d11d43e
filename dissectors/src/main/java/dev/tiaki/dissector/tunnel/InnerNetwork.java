package dev.tiaki.dissector.tunnel;

/**
 * The virtual network that a tunnel's header names, so that the same addresses in two networks are
 * not the same connection. A number is never 0, which means that the header names none.
 */
final class InnerNetwork {
  private static final int KEY = 0x2000;
  private static final int CHECKSUM = 0x8000;
  private static final int TRANSPARENT_ETHERNET = 0x6558;
  private static final int IDENTIFIER = 4;
  private static final long NVGRE = 1L << 32;

  private InnerNetwork() {}

  /** Of VXLAN (RFC 7348 section 5) and GENEVE (RFC 8926 section 3.4), which have been checked. */
  static long overUdp(int port, byte[] frame, int start) {
    return ((long) port << 32) | u24(frame, start + IDENTIFIER);
  }

  /**
   * Of NVGRE (RFC 7637 section 3.2): the first three octets of the key; the last one differs from
   * flow to flow. Other keys differ between the directions of a connection, as PPTP's do.
   */
  static long gre(byte[] frame, int start, int end) {
    if (start + 8 > end) {
      return 0;
    }
    int flags = u16(frame, start);
    boolean named =
        (flags & (KEY | CHECKSUM)) == KEY && u16(frame, start + 2) == TRANSPARENT_ETHERNET;
    return named ? NVGRE | u24(frame, start + IDENTIFIER) : 0;
  }

  private static int u16(byte[] bytes, int at) {
    return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
  }

  private static int u24(byte[] bytes, int at) {
    return (u16(bytes, at) << 8) | (bytes[at + 2] & 0xff);
  }
}
