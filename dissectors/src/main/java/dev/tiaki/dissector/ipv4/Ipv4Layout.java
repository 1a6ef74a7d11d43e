package dev.tiaki.dissector.ipv4;

/**
 * Byte layout of the IPv4 header, RFC 791 section 3.1.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |Version|  IHL  |Type of Service|          Total Length         |
 * |         Identification        |Flags|      Fragment Offset    |
 * |  Time to Live |    Protocol   |         Header Checksum       |
 * |                       Source Address                          |
 * |                    Destination Address                        |
 * |                    Options                    |    Padding    |
 * </pre>
 *
 * All offsets in octets from the first octet of the header.
 */
final class Ipv4Layout {
  static final int VERSION_AND_LENGTH = 0;
  static final int TYPE_OF_SERVICE = 1;
  static final int TOTAL_LENGTH = 2;
  static final int IDENTIFICATION = 4;

  /** Three flag bits, then the fragment offset in units of 8 bytes. */
  static final int FRAGMENT = 6;

  static final int TIME_TO_LIVE = 8;
  static final int PROTOCOL = 9;
  static final int CHECKSUM = 10;
  static final int SOURCE = 12;
  static final int DESTINATION = 16;
  static final int MIN_HEADER_BYTES = 20;
  static final int MAX_HEADER_BYTES = 60;

  static final int VERSION = 4;
  static final int RESERVED_FLAG = 0x8000;
  static final int DONT_FRAGMENT = 0x4000;
  static final int MORE_FRAGMENTS = 0x2000;
  static final int OFFSET_MASK = 0x1fff;
  static final int OFFSET_SHIFT = 3;
  static final int MAX_TOTAL_LENGTH = 0xffff;

  private Ipv4Layout() {}
}
