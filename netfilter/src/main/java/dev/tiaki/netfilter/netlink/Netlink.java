package dev.tiaki.netfilter.netlink;

/**
 * Layout and numbers of netlink messages, {@code linux/netlink.h}.
 *
 * <pre>
 *  nlmsghdr, host order, 16 octets        nlattr, host order, 4 octets
 *  0        4     6      8    12          0       2      4
 *  | length | type | flags | seq | port | | length | type | value, padded to 4 octets
 * </pre>
 */
public final class Netlink {
  /** Protocol family number of netfilter's netlink sockets. */
  public static final int NETLINK_NETFILTER = 12;

  /** Flag: this is a request. */
  public static final int REQUEST = 1;

  /** Flag: part of an answer of several messages. */
  public static final int MULTI = 2;

  /** Flag: answer with an acknowledgement. */
  public static final int ACK = 4;

  /** Flag on dumps: the table changed meanwhile. */
  public static final int DUMP_INTERRUPTED = 0x10;

  /** Flag on dumps: the kernel applied a filter. */
  public static final int DUMP_FILTERED = 0x20;

  /** Flag: send the whole table. */
  public static final int DUMP = 0x300;

  /** Flag on NEW: replace what exists. */
  public static final int REPLACE = 0x100;

  /** Flag on NEW: fail when it exists. */
  public static final int EXCLUSIVE = 0x200;

  /** Flag on NEW: create when it does not exist. */
  public static final int CREATE = 0x400;

  /** Message type: an error, or an acknowledgement when the error is 0. */
  public static final int ERROR = 2;

  /** Message type: the end of a dump. */
  public static final int DONE = 3;

  /** Octets of a message header. */
  public static final int HEADER_BYTES = 16;

  /** Octets of netfilter's header behind it: family, version, resource id (big endian). */
  public static final int NETFILTER_HEADER_BYTES = 4;

  /** Attribute type bit: the value is attributes itself. */
  public static final int NESTED = 0x8000;

  static final int LENGTH = 0;
  static final int TYPE = 4;
  static final int FLAGS = 6;
  static final int SEQUENCE = 8;
  static final int PORT_ID = 12;
  static final int ATTRIBUTE_HEADER_BYTES = 4;
  static final int ATTRIBUTE_TYPE_MASK = 0x3fff;

  /** Flag of an error message: the request is not repeated in it. */
  static final int CAPPED = 0x100;

  /** Flag of an error message: attributes follow. */
  static final int ACK_ATTRIBUTES = 0x200;

  private Netlink() {}

  static long aligned(long length) {
    return length + 3 & ~3L;
  }
}
