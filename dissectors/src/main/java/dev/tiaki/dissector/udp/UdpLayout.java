package dev.tiaki.dissector.udp;

/**
 * Byte layout of the UDP header, RFC 768. All offsets in octets from its first octet.
 *
 * <pre>
 * |          Source Port          |       Destination Port        |
 * |            Length             |           Checksum            |
 * </pre>
 */
public final class UdpLayout {
  /** The protocol number of UDP. */
  public static final int PROTOCOL = 17;

  /** The length of the header. */
  public static final int HEADER_BYTES = 8;

  static final int SOURCE_PORT = 0;
  static final int DESTINATION_PORT = 2;
  static final int LENGTH = 4;
  static final int CHECKSUM = 6;

  private UdpLayout() {}
}
