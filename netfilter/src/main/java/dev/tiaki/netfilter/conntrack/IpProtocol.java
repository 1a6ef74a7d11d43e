package dev.tiaki.netfilter.conntrack;

import java.util.Map;
import java.util.TreeMap;

/** Numbers and names of the IP protocols that conntrack(8) and the kernel's table name. */
public final class IpProtocol {
  /** Internet Control Message Protocol. */
  public static final int ICMP = 1;

  /** Transmission Control Protocol. */
  public static final int TCP = 6;

  /** User Datagram Protocol. */
  public static final int UDP = 17;

  /** Datagram Congestion Control Protocol. */
  public static final int DCCP = 33;

  /** Generic Routing Encapsulation. */
  public static final int GRE = 47;

  /** ICMP for IPv6. */
  public static final int ICMPV6 = 58;

  /** Stream Control Transmission Protocol. */
  public static final int SCTP = 132;

  /** UDP-Lite. */
  public static final int UDPLITE = 136;

  /** The kernel's word for a protocol that it has no tracker for. */
  public static final String UNKNOWN = "unknown";

  private static final Map<String, Integer> NUMBERS =
      new TreeMap<>(
          Map.of(
              "icmp", ICMP, "tcp", TCP, "udp", UDP, "dccp", DCCP, "gre", GRE, "icmpv6", ICMPV6,
              "sctp", SCTP, "udplite", UDPLITE));

  private IpProtocol() {}

  /** Returns the kernel's lower-case name, {@code unknown} for numbers it tracks generically. */
  public static String name(int number) {
    return switch (number) {
      case ICMP -> "icmp";
      case TCP -> "tcp";
      case UDP -> "udp";
      case DCCP -> "dccp";
      case GRE -> "gre";
      case ICMPV6 -> "icmpv6";
      case SCTP -> "sctp";
      case UDPLITE -> "udplite";
      default -> UNKNOWN;
    };
  }

  /**
   * Returns the number of a lower-case name or of a decimal text from 0 to 255, -1 for anything
   * else.
   */
  public static int number(String text) {
    Integer known = NUMBERS.get(text);
    if (known != null) {
      return known;
    }
    if (!text.matches("\\d{1,3}")) {
      return -1;
    }
    int number = Integer.parseInt(text);
    return number <= 255 ? number : -1;
  }

  /** Tells whether flows of this protocol have ports. */
  public static boolean hasPorts(int number) {
    return number == TCP || number == UDP || number == SCTP || number == UDPLITE || number == DCCP;
  }

  /** Tells whether this is ICMP of either family. */
  public static boolean isIcmp(int number) {
    return number == ICMP || number == ICMPV6;
  }
}
