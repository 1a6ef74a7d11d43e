package dev.tiaki.dissector.ipv6;

/**
 * Byte layout of the IPv6 header, RFC 8200 section 3, and of the Fragment header, section 4.5.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |Version| Traffic Class |           Flow Label                  |
 * |         Payload Length        |  Next Header  |   Hop Limit   |
 * |                    Source Address (16 octets)                 |
 * |                 Destination Address (16 octets)               |
 *
 * |  Next Header  |   Reserved    |      Fragment Offset    |Res|M|
 * |                         Identification                        |
 * </pre>
 *
 * All offsets in octets from the first octet of their header.
 */
final class Ipv6Layout {
  static final int VERSION_CLASS_AND_LABEL = 0;
  static final int PAYLOAD_LENGTH = 4;
  static final int NEXT_HEADER = 6;
  static final int HOP_LIMIT = 7;
  static final int SOURCE = 8;
  static final int DESTINATION = 24;
  static final int HEADER_BYTES = 40;

  static final int VERSION = 6;
  static final int MAX_PAYLOAD_LENGTH = 0xffff;

  static final int FRAGMENT_NEXT_HEADER = 0;

  /** The offset in units of 8 bytes in the upper 13 bits, the M flag in the lowest. */
  static final int FRAGMENT_OFFSET = 2;

  static final int FRAGMENT_IDENTIFICATION = 4;
  static final int FRAGMENT_HEADER_BYTES = 8;
  static final int OFFSET_MASK = 0xfff8;
  static final int MORE_FRAGMENTS = 1;

  private Ipv6Layout() {}
}
