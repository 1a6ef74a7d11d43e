package dev.tiaki.dissector.dns;

import dev.tiaki.engine.address.IpAddress;
import java.util.List;

/** How one field of a record's data is laid out, and which Java type its value has. */
public enum FieldKind {
  /** One octet; {@code Long}. */
  U8(Long.class),
  /** Two octets; {@code Long}. */
  U16(Long.class),
  /** Four octets; {@code Long}. */
  U32(Long.class),
  /** The number of a record type in two octets; {@code Long}. */
  TYPE(Long.class),
  /** A name that may be compressed; {@link DnsName}. */
  NAME(DnsName.class),
  /** A name that is written without compression (RFC 3597 section 4); {@link DnsName}. */
  PLAIN_NAME(DnsName.class),
  /** An IPv4 address; {@link IpAddress}. */
  IPV4(IpAddress.class),
  /** An IPv6 address; {@link IpAddress}. */
  IPV6(IpAddress.class),
  /** At most 255 octets behind their number; {@code byte[]}. */
  TEXT(byte[].class),
  /** All octets that are left; {@code byte[]}. */
  BYTES(byte[].class),
  /** The types that exist at a name, all that is left (RFC 4034 section 4.1.2); a list. */
  TYPES(List.class),
  /** Numbered octets, all that is left: options of EDNS, parameters of SVCB; a list. */
  OPTIONS(List.class);

  private final Class<?> valueType;

  FieldKind(Class<?> valueType) {
    this.valueType = valueType;
  }

  /** Returns the Java type of the value. */
  public Class<?> valueType() {
    return valueType;
  }

  /** Returns how many octets it always has, or -1. */
  int fixedBytes() {
    return switch (this) {
      case U8 -> 1;
      case U16, TYPE -> 2;
      case U32, IPV4 -> 4;
      case IPV6 -> 16;
      case NAME, PLAIN_NAME, TEXT, BYTES, TYPES, OPTIONS -> -1;
    };
  }
}
