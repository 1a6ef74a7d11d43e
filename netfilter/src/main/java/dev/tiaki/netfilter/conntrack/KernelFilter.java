package dev.tiaki.netfilter.conntrack;

import dev.tiaki.netfilter.netlink.MessageWriter;
import java.net.Inet4Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * The part of a filter that the kernel applies to a dump. Only what it gets right goes down:
 *
 * <ul>
 *   <li>family, one mark, one status, one zone;
 *   <li>whole IPv4 addresses: its test of IPv6 addresses is inverted (seen on Linux 6.18), it
 *       returns exactly the flows that do not have the address;
 *   <li>type, code and identifier of ICMP and ICMPv6;
 *   <li>protocol, and ports of TCP and UDP only: for SCTP, UDP-Lite, GRE and DCCP it takes the flag
 *       and compares nothing.
 * </ul>
 *
 * Older kernels pass over attributes that they do not know. Every condition is therefore checked
 * again on each flow: this only spares the copying.
 */
final class KernelFilter {
  private static final int FLAG_SOURCE = 1;
  private static final int FLAG_DESTINATION = 2;
  private static final int FLAG_PROTOCOL = 8;
  private static final int FLAG_SOURCE_PORT = 16;
  private static final int FLAG_DESTINATION_PORT = 32;
  private static final int FLAG_ICMP_TYPE = 64;
  private static final int FLAG_ICMP_CODE = 128;
  private static final int FLAG_ICMP_ID = 256;

  /** How much further left the same flags of ICMPv6 are. */
  private static final int ICMPV6_SHIFT = 3;

  private static final int PROTO_ICMP_ID = 4;
  private static final int PROTO_ICMPV6_ID = 7;

  private @Nullable AddressFamily family;
  private Condition.@Nullable Mark mark;
  private Condition.@Nullable StatusBits status;
  private @Nullable Integer zone;
  private boolean contradiction;
  private int protocol = -1;
  private final Direction original = new Direction();
  private final Direction reply = new Direction();

  /** What is asked of one direction. */
  private static final class Direction {
    @Nullable InetAddress source;
    @Nullable InetAddress destination;
    int sourcePort = -1;
    int destinationPort = -1;
    int icmpType = -1;
    int icmpCode = -1;
    int icmpId = -1;
  }

  private KernelFilter() {}

  static KernelFilter of(Filter filter) {
    KernelFilter plan = new KernelFilter();
    for (Condition condition : filter.conditions()) {
      plan.take(condition);
    }
    plan.chooseFamilyOfIcmp();
    return plan;
  }

  /** Numbers of ICMP are met by flows of its own family only; tuples need one. */
  private void chooseFamilyOfIcmp() {
    if (icmpFlags(original) != 0) {
      takeFamily(protocol == IpProtocol.ICMP ? AddressFamily.IPV4 : AddressFamily.IPV6);
    }
  }

  private void take(Condition condition) {
    switch (condition) {
      case Condition.OfFamily(AddressFamily wanted) -> takeFamily(wanted);
      case Condition.OfProtocol(int number) -> protocol = number;
      case Condition.Mark wanted -> mark = wanted;
      case Condition.StatusBits wanted -> status = wanted;
      case Condition.InZone(int wanted) -> zone = wanted;
      case Condition.Address address -> takeAddress(address);
      case Condition.Port port -> takePort(port);
      case Condition.IcmpNumber icmp -> takeIcmp(icmp);
      case Condition.InState _,
          Condition.DirectionInZone _,
          Condition.Label _,
          Condition.Translated _,
          Condition.WithId _,
          Condition.VerificationTag _ -> {
        // in user space only
      }
    }
  }

  private void takeFamily(AddressFamily wanted) {
    contradiction |= family != null && family != wanted;
    family = wanted;
  }

  private void takeAddress(Condition.Address condition) {
    InetAddress address = condition.prefix().address();
    takeFamily(AddressFamily.of(address));
    if (!(address instanceof Inet4Address) || !condition.prefix().isWhole()) {
      return;
    }
    Direction direction = direction(condition.direction());
    if (condition.end() == FlowEnd.SOURCE) {
      direction.source = address;
    } else {
      direction.destination = address;
    }
  }

  private void takePort(Condition.Port condition) {
    Direction direction = direction(condition.direction());
    if (condition.end() == FlowEnd.SOURCE) {
      direction.sourcePort = condition.port();
    } else {
      direction.destinationPort = condition.port();
    }
  }

  private void takeIcmp(Condition.IcmpNumber condition) {
    switch (condition.field()) {
      case TYPE -> original.icmpType = condition.number();
      case CODE -> original.icmpCode = condition.number();
      case ID -> original.icmpId = condition.number();
    }
  }

  private Direction direction(FlowDirection which) {
    return which == FlowDirection.ORIGINAL ? original : reply;
  }

  /** Returns the family for netfilter's header, 0 for both. */
  int family() {
    AddressFamily wanted = family;
    return wanted == null ? 0 : wanted.number();
  }

  void write(MessageWriter writer) {
    Condition.Mark wantedMark = mark;
    if (wantedMark != null) {
      writer.u32(CtAttribute.MARK, wantedMark.mark());
      writer.u32(CtAttribute.MARK_MASK, wantedMark.mask());
    }
    Condition.StatusBits wantedStatus = status;
    if (wantedStatus != null && wantedStatus.mask() != 0) {
      writer.u32(CtAttribute.STATUS, wantedStatus.bits());
      writer.u32(CtAttribute.STATUS_MASK, wantedStatus.mask());
    }
    Integer wantedZone = zone;
    if (wantedZone != null) {
      writer.u16(CtAttribute.ZONE, wantedZone);
    }
    // the kernel takes tuples only together with their own family
    if (family != null && !contradiction) {
      writeTuples(writer);
    }
  }

  private void writeTuples(MessageWriter writer) {
    int originalFlags = flags(original);
    int replyFlags = flags(reply);
    if ((originalFlags | replyFlags) == 0) {
      return;
    }
    writeTuple(writer, CtAttribute.TUPLE_ORIGINAL, original, originalFlags);
    writeTuple(writer, CtAttribute.TUPLE_REPLY, reply, replyFlags);
    long nest = writer.beginNest(CtAttribute.FILTER);
    writer.u32Host(1, originalFlags).u32Host(2, replyFlags);
    writer.endNest(nest);
  }

  private int flags(Direction direction) {
    int flags = 0;
    flags |= direction.source != null ? FLAG_SOURCE : 0;
    flags |= direction.destination != null ? FLAG_DESTINATION : 0;
    if (protocol > 0) {
      flags |= FLAG_PROTOCOL;
      if (protocol == IpProtocol.TCP || protocol == IpProtocol.UDP) {
        flags |= direction.sourcePort >= 0 ? FLAG_SOURCE_PORT : 0;
        flags |= direction.destinationPort >= 0 ? FLAG_DESTINATION_PORT : 0;
      }
      flags |= icmpFlags(direction);
    }
    return flags;
  }

  private int icmpFlags(Direction direction) {
    int flags = 0;
    flags |= isType(direction.icmpType) ? FLAG_ICMP_TYPE : 0;
    flags |= direction.icmpCode >= 0 ? FLAG_ICMP_CODE : 0;
    flags |= direction.icmpId >= 0 ? FLAG_ICMP_ID : 0;
    return switch (protocol) {
      case IpProtocol.ICMP -> flags;
      case IpProtocol.ICMPV6 -> flags << ICMPV6_SHIFT;
      default -> 0;
    };
  }

  /** The kernel refuses types that it does not track. */
  private boolean isType(int type) {
    return protocol == IpProtocol.ICMP
        ? type == 0 || type == 8 || (type >= 13 && type <= 18)
        : type == 128 || type == 129;
  }

  private void writeTuple(MessageWriter writer, int type, Direction direction, int flags) {
    if (flags == 0) {
      return;
    }
    long nest = writer.beginNest(type);
    writeAddresses(writer, direction);
    if ((flags & FLAG_PROTOCOL) != 0) {
      long proto = writer.beginNest(2);
      writer.u8(1, protocol);
      if ((flags & FLAG_SOURCE_PORT) != 0) {
        writer.u16(2, direction.sourcePort);
      }
      if ((flags & FLAG_DESTINATION_PORT) != 0) {
        writer.u16(3, direction.destinationPort);
      }
      writeIcmp(writer, direction);
      writer.endNest(proto);
    }
    writer.endNest(nest);
  }

  private void writeIcmp(MessageWriter writer, Direction direction) {
    if (icmpFlags(direction) == 0) {
      return;
    }
    int id = protocol == IpProtocol.ICMP ? PROTO_ICMP_ID : PROTO_ICMPV6_ID;
    // the kernel takes them only together; the flags say which of them count
    writer.u16(id, Math.max(0, direction.icmpId));
    writer.u8(id + 1, Math.max(0, direction.icmpType));
    writer.u8(id + 2, Math.max(0, direction.icmpCode));
  }

  private static void writeAddresses(MessageWriter writer, Direction direction) {
    InetAddress source = direction.source;
    InetAddress destination = direction.destination;
    if (source == null && destination == null) {
      return;
    }
    long ip = writer.beginNest(1);
    if (source != null) {
      writer.octets(1, source.getAddress());
    }
    if (destination != null) {
      writer.octets(2, destination.getAddress());
    }
    writer.endNest(ip);
  }
}
