package dev.tiaki.engine.packet;

import org.jspecify.annotations.Nullable;

/**
 * What kind of frames a capture or an interface holds, by the number that capture files use
 * (LINKTYPE_…).
 */
public enum LinkType {
  /** BSD loopback: a 4-byte protocol family in the byte order of the capturing host. */
  NULL(0),
  /** IEEE 802.3 Ethernet. */
  ETHERNET(1),
  /** Raw IP as some systems wrote it; the number that OpenBSD gave to it. */
  RAW_BSD(12),
  /** Raw IP under a third number. */
  RAW_DLT14(14),
  /** Raw IP: the version nibble tells which. */
  RAW(101),
  /** OpenBSD loopback: a 4-byte protocol family in network byte order. */
  LOOP(108),
  /** Linux cooked capture, version 1. */
  LINUX_SLL(113),
  /** Raw IPv4. */
  IPV4(228),
  /** Raw IPv6. */
  IPV6(229),
  /** Linux cooked capture, version 2. */
  LINUX_SLL2(276);

  private final int number;

  LinkType(int number) {
    this.number = number;
  }

  /** Returns the number in a capture file's header. */
  public int number() {
    return number;
  }

  /** Returns the link type with this number, or null when frames of it are not understood. */
  public static @Nullable LinkType of(int number) {
    for (LinkType type : values()) {
      if (type.number == number) {
        return type;
      }
    }
    return null;
  }
}
