package dev.tiaki.engine.packet;

import java.util.Map;

/**
 * What kind of frames a capture or an interface holds.
 *
 * <p>Any number is a link type: frames whose header nobody here understands are still carried from
 * a capture to the next. The constants are those that can be understood.
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

  /** ARCNET as BSD systems have it. */
  public static final LinkType ARCNET = new LinkType(7);

  /** PPP, with or without address and control octets. */
  public static final LinkType PPP = new LinkType(9);

  /** PPP as serial lines have it, or Cisco HDLC. */
  public static final LinkType PPP_HDLC = new LinkType(50);

  /** Cisco HDLC: an address, a control octet and an EtherType. */
  public static final LinkType C_HDLC = new LinkType(104);

  /** OpenBSD loopback: a 4-byte protocol family in network byte order. */
  public static final LinkType LOOP = new LinkType(108);

  /** Linux cooked capture, version 1. */
  public static final LinkType LINUX_SLL = new LinkType(113);

  /** ARCNET as Linux has it. */
  public static final LinkType ARCNET_LINUX = new LinkType(129);

  /** Raw IPv4. */
  public static final LinkType IPV4 = new LinkType(228);

  /** Raw IPv6. */
  public static final LinkType IPV6 = new LinkType(229);

  /** Packets that Linux's netfilter logged. */
  public static final LinkType NFLOG = new LinkType(239);

  /** Linux cooked capture, version 2. */
  public static final LinkType LINUX_SLL2 = new LinkType(276);

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(0, "NULL"),
          Map.entry(1, "ETHERNET"),
          Map.entry(7, "ARCNET"),
          Map.entry(9, "PPP"),
          Map.entry(12, "RAW(12)"),
          Map.entry(14, "RAW(14)"),
          Map.entry(50, "PPP_HDLC"),
          Map.entry(101, "RAW"),
          Map.entry(104, "C_HDLC"),
          Map.entry(108, "LOOP"),
          Map.entry(113, "LINUX_SLL"),
          Map.entry(129, "ARCNET_LINUX"),
          Map.entry(228, "IPV4"),
          Map.entry(229, "IPV6"),
          Map.entry(239, "NFLOG"),
          Map.entry(276, "LINUX_SLL2"));

  /** Returns the link type with this number. */
  public static LinkType of(int number) {
    return number == ETHERNET.number ? ETHERNET : new LinkType(number);
  }

  /** Returns its name when it has one here, else {@code link type N}. */
  @Override
  public String toString() {
    return NAMES.getOrDefault(number, "link type " + number);
  }
}
