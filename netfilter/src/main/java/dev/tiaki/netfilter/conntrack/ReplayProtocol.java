package dev.tiaki.netfilter.conntrack;

/**
 * The trackers of the table in memory that need no state of their own: when a packet begins an
 * entry, and how long it lives then. The kernel's defaults, {@code
 * Documentation/networking/nf_conntrack-sysctl.rst}, in seconds.
 */
final class ReplayProtocol {
  private static final long GENERIC = 600;
  private static final long SHORT = 30;
  private static final long UDP_STREAM = 120;
  private static final long GRE_STREAM = 180;
  private static final long UDP_STREAM_AFTER_NANOS = 2_000_000_000L;

  private ReplayProtocol() {}

  /** Tells whether a packet that belongs to no entry makes one; TCP is asked elsewhere. */
  static boolean begins(Tuple tuple) {
    return !(tuple.key() instanceof TransportKey.Icmp(int type, int _, int _))
        || (tuple.protocol() == IpProtocol.ICMP
            ? type == 8 || type == 13 || type == 15 || type == 17
            : type == 128 || type == 139);
  }

  /** Sets the timeout of an entry after one of its packets, and whether it is assured. */
  static void take(ReplayEntry entry, long now) {
    boolean answered = entry.has(Status.SEEN_REPLY);
    switch (entry.original.protocol()) {
      case IpProtocol.UDP, IpProtocol.UDPLITE -> {
        boolean stream = answered && now - entry.startNanos > UDP_STREAM_AFTER_NANOS;
        entry.timeoutSeconds = stream ? UDP_STREAM : SHORT;
        entry.set(stream ? Status.ASSURED : 0);
      }
      case IpProtocol.GRE -> {
        entry.timeoutSeconds = answered ? GRE_STREAM : SHORT;
        entry.set(answered ? Status.ASSURED : 0);
      }
      case IpProtocol.ICMP, IpProtocol.ICMPV6 -> entry.timeoutSeconds = SHORT;
      default -> entry.timeoutSeconds = GENERIC;
    }
  }
}
