package dev.tiaki.engine.packet;

import java.util.Map;

/**
 * What kind of frames a capture or an interface holds.
 *
 * <p>Any number is a link type: frames whose header nobody here understands are still carried from
 * a capture to the next. The constants are those that are understood.
 *
 * @param number the number in a capture file's header (LINKTYPE_…), unsigned 16 bits in files that
 *     are well formed
 */
public record LinkType(int number) {
  /** BSD loopback: a 4-byte protocol family in the byte order of the capturing host. */
  public static final LinkType NULL = new LinkType(0);

  /** IEEE 802.3 Ethernet. */
  public static final LinkType ETHERNET = new LinkType(1);

  /** Raw IP by the number that most systems give to it in memory, and some in files. */
  public static final LinkType RAW_DLT12 = new LinkType(12);

  /** Raw IP by the number that OpenBSD gives to it in memory. */
  public static final LinkType RAW_DLT14 = new LinkType(14);

  /** Raw IP: the version nibble tells which. */
  public static final LinkType RAW = new LinkType(101);

  /** OpenBSD loopback: a 4-byte protocol family in network byte order. */
  public static final LinkType LOOP = new LinkType(108);

  /** Linux cooked capture, version 1. */
  public static final LinkType LINUX_SLL = new LinkType(113);

  /** Raw IPv4. */
  public static final LinkType IPV4 = new LinkType(228);

  /** Raw IPv6. */
  public static final LinkType IPV6 = new LinkType(229);

  /** Linux cooked capture, version 2. */
  public static final LinkType LINUX_SLL2 = new LinkType(276);

  private static final Map<Integer, String> NAMES =
      Map.of(
          0,
          "NULL",
          1,
          "ETHERNET",
          12,
          "RAW(12)",
          14,
          "RAW(14)",
          101,
          "RAW",
          108,
          "LOOP",
          113,
          "LINUX_SLL",
          228,
          "IPV4",
          229,
          "IPV6",
          276,
          "LINUX_SLL2");

  /** Returns the link type with this number. */
  public static LinkType of(int number) {
    return number == ETHERNET.number ? ETHERNET : new LinkType(number);
  }

  /** Tells whether the link type is one of the constants: its header can be read. */
  public boolean isUnderstood() {
    return NAMES.containsKey(number);
  }

  /** Returns its name when it is understood, else {@code link type N}. */
  @Override
  public String toString() {
    return NAMES.getOrDefault(number, "link type " + number);
  }
}
