package dev.tiaki.traffic;

import dev.tiaki.engine.packet.LinkType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A link header that is put before network packets: the same for all of one capture. */
public final class Encapsulation {
  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86dd;

  /** Makes the header before a packet of an EtherType. */
  @FunctionalInterface
  private interface Header {
    ByteBuffer before(int etherType, int payloadBytes);
  }

  private final LinkType linkType;
  private final Header header;

  private Encapsulation(LinkType linkType, Header header) {
    this.linkType = linkType;
    this.header = header;
  }

  /** Plain Ethernet II. */
  public static Encapsulation ethernet() {
    return new Encapsulation(LinkType.ETHERNET, (type, _) -> macs(2).putShort((short) type));
  }

  /** Ethernet with one 802.1Q tag, or several when the outer ones are 802.1ad (QinQ). */
  public static Encapsulation vlan(int... ids) {
    return new Encapsulation(
        LinkType.ETHERNET,
        (type, _) -> {
          ByteBuffer out = macs(2 + 4 * ids.length);
          for (int i = 0; i < ids.length; i++) {
            out.putShort((short) (i + 1 < ids.length ? 0x88a8 : 0x8100)).putShort((short) ids[i]);
          }
          return out.putShort((short) type);
        });
  }

  /** MPLS over Ethernet, RFC 3032: the last label has the bottom-of-stack bit. */
  public static Encapsulation mpls(int... labels) {
    return new Encapsulation(
        LinkType.ETHERNET,
        (_, _) -> {
          ByteBuffer out = macs(2 + 4 * labels.length).putShort((short) 0x8847);
          for (int i = 0; i < labels.length; i++) {
            out.putInt(labels[i] << 12 | (i + 1 == labels.length ? 0x100 : 0) | 64);
          }
          return out;
        });
  }

  /** IEEE 802.3 with LLC and SNAP, RFC 1042. */
  public static Encapsulation snap() {
    return new Encapsulation(
        LinkType.ETHERNET,
        (type, payloadBytes) -> {
          ByteBuffer out = macs(10).putShort((short) (8 + payloadBytes));
          return out.putInt(0xaaaa0300).putShort((short) 0).putShort((short) type);
        });
  }

  /** Linux cooked capture, version 1. */
  public static Encapsulation linuxCooked() {
    return new Encapsulation(
        LinkType.LINUX_SLL,
        (type, _) -> ByteBuffer.allocate(16).putShort(2, (short) 1).putShort(14, (short) type));
  }

  /** Linux cooked capture, version 2. */
  public static Encapsulation linuxCooked2() {
    return new Encapsulation(
        LinkType.LINUX_SLL2,
        (type, _) -> ByteBuffer.allocate(20).putShort(0, (short) type).putInt(4, 1));
  }

  /** BSD loopback as a capture of this byte order has it, with FreeBSD's number for IPv6. */
  public static Encapsulation nullLoopback(ByteOrder order) {
    return new Encapsulation(
        LinkType.NULL,
        (type, _) -> ByteBuffer.allocate(4).order(order).putInt(type == IPV4 ? 2 : 28));
  }

  /** OpenBSD loopback, with its number for IPv6. */
  public static Encapsulation loop() {
    return new Encapsulation(
        LinkType.LOOP, (type, _) -> ByteBuffer.allocate(4).putInt(type == IPV4 ? 2 : 24));
  }

  /** No link header at all, as {@link LinkType#RAW}, {@link LinkType#IPV4} or the like. */
  public static Encapsulation none(LinkType linkType) {
    return new Encapsulation(linkType, (_, _) -> ByteBuffer.allocate(0));
  }

  /** Returns the link type of the frames. */
  public LinkType linkType() {
    return linkType;
  }

  /** Puts the header before an IP datagram, whose version says the EtherType. */
  public Frame frame(byte[] datagram, long nanos) {
    return frame(datagram[0] >>> 4 == 4 ? IPV4 : IPV6, datagram, nanos);
  }

  /** Puts the header before any network packet. */
  public Frame frame(int etherType, byte[] packet, long nanos) {
    ByteBuffer head = header.before(etherType, packet.length).rewind();
    int headBytes = head.remaining();
    byte[] bytes = ByteBuffer.allocate(headBytes + packet.length).put(head).put(packet).array();
    return new Frame(bytes, headBytes, nanos, linkType, bytes.length);
  }

  /** Locally administered addresses, 02:00:00:00:00:02 and :01. */
  private static ByteBuffer macs(int more) {
    ByteBuffer out = ByteBuffer.allocate(12 + more);
    return out.putShort((short) 0x0200).putInt(2).putShort((short) 0x0200).putInt(1);
  }
}
