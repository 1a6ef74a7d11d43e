package dev.tiaki.dissector.tunnel;

import dev.tiaki.dissector.link.InnerLink;

/** Finds the inner network header behind the header of each kind of tunnel. */
final class InnerStart {
  private static final int TRANSPARENT_ETHERNET = 0x6558;
  private static final int ERSPAN = 0x88be;
  private static final int ERSPAN_BYTES = 8;
  private static final int PPP = 0x880b;
  private static final int CHECKSUM = 0x8000;
  private static final int ROUTING = 0x4000;
  private static final int KEY = 0x2000;
  private static final int SEQUENCE = 0x1000;
  private static final int ACKNOWLEDGMENT = 0x0080;
  private static final int VXLAN_BYTES = 8;
  private static final int GENEVE_BYTES = 8;

  private InnerStart() {}

  private static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  /** Behind GRE, version 0 (RFC 2784, 2890) or 1 (RFC 2637 section 4.1). */
  static long gre(byte[] frame, int start, int end) {
    if (start + 4 > end) {
      return InnerLink.NONE;
    }
    int flags = u16(frame, start);
    int type = u16(frame, start + 2);
    int version = flags & 7;
    if (version > 1 || (flags & ROUTING) != 0) {
      return InnerLink.NONE;
    }
    int at = start + 4;
    at += (flags & CHECKSUM) != 0 ? 4 : 0;
    at += (flags & KEY) != 0 ? 4 : 0;
    at += (flags & SEQUENCE) != 0 ? 4 : 0;
    at += version == 1 && (flags & ACKNOWLEDGMENT) != 0 ? 4 : 0;
    if (at >= end) {
      return InnerLink.NONE;
    }
    return switch (type) {
      case TRANSPARENT_ETHERNET -> InnerLink.ethernet(frame, at, end);
      case ERSPAN ->
          InnerLink.ethernet(frame, (flags & SEQUENCE) != 0 ? at + ERSPAN_BYTES : at, end);
      case PPP -> InnerLink.pointToPoint(frame, at, end);
      default -> InnerLink.ofType(type, frame, at, end);
    };
  }

  /** Behind VXLAN; the flag says that there is a network identifier, as there has to be. */
  static long vxlan(byte[] frame, int start, int end) {
    return start + VXLAN_BYTES > end || (frame[start] & 0x08) == 0
        ? InnerLink.NONE
        : InnerLink.ethernet(frame, start + VXLAN_BYTES, end);
  }

  /** Behind GENEVE, version 0, and its options. */
  static long geneve(byte[] frame, int start, int end) {
    if (start + GENEVE_BYTES > end || (frame[start] & 0xc0) != 0) {
      return InnerLink.NONE;
    }
    int at = start + GENEVE_BYTES + 4 * (frame[start] & 0x3f);
    int type = u16(frame, start + 2);
    if (at >= end) {
      return InnerLink.NONE;
    }
    return type == TRANSPARENT_ETHERNET
        ? InnerLink.ethernet(frame, at, end)
        : InnerLink.ofType(type, frame, at, end);
  }
}
