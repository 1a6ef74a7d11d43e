package dev.tiaki.netfilter.nftables.kernel;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Types of the fields of a set's key, as nft numbers them in {@code NFTA_SET_KEY_TYPE}. The kernel
 * itself knows only how many octets a key has.
 */
public enum DataType {
  /** A protocol family. */
  NF_PROTO(2, 1, false),
  /** An IPv4 address. */
  IPV4_ADDRESS(7, 4, false),
  /** An IPv6 address. */
  IPV6_ADDRESS(8, 16, false),
  /** A hardware address, as text {@code 02:00:00:00:00:01}. */
  ETHER_ADDRESS(9, 6, false),
  /** What a frame carries. */
  ETHER_TYPE(10, 2, false),
  /** An ARP operation. */
  ARP_OPERATION(11, 2, false),
  /** What an IP packet carries. */
  INET_PROTOCOL(12, 1, false),
  /** A port. */
  INET_SERVICE(13, 2, false),
  /** A type of ICMP. */
  ICMP_TYPE(14, 1, false),
  /** Flags of TCP. */
  TCP_FLAGS(15, 1, false),
  /** A packet mark or a connection's. */
  MARK(19, 4, true),
  /** A device, by its number. */
  INTERFACE_INDEX(20, 4, true),
  /** A kind of hardware. */
  INTERFACE_TYPE(21, 2, true),
  /** A routing realm. */
  REALM(22, 4, true),
  /** A user. */
  USER(24, 4, true),
  /** A group. */
  GROUP(25, 4, true),
  /** The state of a connection, as bits. */
  CT_STATE(26, 4, true),
  /** A direction of a connection. */
  CT_DIRECTION(27, 1, false),
  /** The status of a connection, as bits. */
  CT_STATUS(28, 4, true),
  /** A type of ICMPv6. */
  ICMPV6_TYPE(29, 1, false),
  /** To whom a packet goes. */
  PACKET_TYPE(31, 1, false),
  /** A group of devices. */
  DEVICE_GROUP(35, 4, true),
  /** A differentiated services code point. */
  DSCP(36, 1, false),
  /** A device, by its name. */
  INTERFACE_NAME(41, 16, true);

  private final int number;
  private final int bytes;
  private final boolean isHostOrder;

  DataType(int number, int bytes, boolean isHostOrder) {
    this.number = number;
    this.bytes = bytes;
    this.isHostOrder = isHostOrder;
  }

  /** Returns the type with this number, or null. */
  static @Nullable DataType of(int number) {
    for (DataType type : values()) {
      if (type.number == number) {
        return type;
      }
    }
    return null;
  }

  /** Returns how many octets a value has. */
  public int bytes() {
    return bytes;
  }

  private boolean isLittleEndian(boolean isOrdered) {
    return isHostOrder && !isOrdered && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
  }

  /**
   * Returns the octets of a value.
   *
   * @param value an {@link InetAddress}, a number, a text, or octets as they are
   * @param isOrdered true: in sets of intervals even numbers of the host's order are big endian
   * @throws IllegalArgumentException when it is no value of this type
   */
  byte[] encode(Object value, boolean isOrdered) {
    byte[] octets =
        switch (value) {
          case InetAddress address when isAddress() -> address.getAddress();
          case Number number -> number(number.longValue(), isLittleEndian(isOrdered));
          case String name when this == INTERFACE_NAME ->
              Arrays.copyOf(name.getBytes(StandardCharsets.UTF_8), bytes);
          case String text when this == ETHER_ADDRESS -> HexFormat.ofDelimiter(":").parseHex(text);
          case byte[] raw -> raw;
          default -> throw refused(value);
        };
    if (octets.length != bytes) {
      throw refused(value);
    }
    return octets;
  }

  private boolean isAddress() {
    return this == IPV4_ADDRESS || this == IPV6_ADDRESS;
  }

  private IllegalArgumentException refused(Object value) {
    return new IllegalArgumentException(value + " is no " + this);
  }

  private byte[] number(long number, boolean isLittle) {
    if (bytes > Long.BYTES || number < 0 || (bytes < Long.BYTES && number >>> (8 * bytes) != 0)) {
      throw refused(number);
    }
    byte[] octets = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      int place = isLittle ? i : bytes - 1 - i;
      octets[place] = (byte) (number >>> (8 * i));
    }
    return octets;
  }

  /** Returns the value of these octets: an address, a text, or a {@link Long}. */
  Object decode(byte[] octets, boolean isOrdered) {
    return switch (this) {
      case IPV4_ADDRESS, IPV6_ADDRESS -> address(octets);
      case ETHER_ADDRESS -> HexFormat.ofDelimiter(":").formatHex(octets);
      case INTERFACE_NAME -> name(octets);
      default -> number(octets, isLittleEndian(isOrdered));
    };
  }

  private static InetAddress address(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + octets.length + " octets", e);
    }
  }

  private static String name(byte[] octets) {
    int length = 0;
    while (length < octets.length && octets[length] != 0) {
      length++;
    }
    return new String(octets, 0, length, StandardCharsets.UTF_8);
  }

  private static long number(byte[] octets, boolean isLittle) {
    long number = 0;
    for (int i = 0; i < octets.length; i++) {
      int place = isLittle ? octets.length - 1 - i : i;
      number = (number << 8) | (octets[place] & 0xff);
    }
    return number;
  }
}
