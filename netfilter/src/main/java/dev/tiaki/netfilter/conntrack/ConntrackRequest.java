package dev.tiaki.netfilter.conntrack;

import dev.tiaki.netfilter.netlink.MessageWriter;
import dev.tiaki.netfilter.netlink.Netlink;
import java.net.Inet4Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Writes the requests of ctnetlink. */
final class ConntrackRequest {
  private static final int ASK = Netlink.REQUEST | Netlink.ACK;

  private ConntrackRequest() {}

  private static void begin(MessageWriter writer, int message, int flags, int family) {
    begin(writer, message, flags, family, 0);
  }

  private static void begin(MessageWriter writer, int message, int flags, int family, int version) {
    writer.begin(CtAttribute.SUBSYSTEM | message, flags).netfilter(family, version, 0);
  }

  static void dump(MessageWriter writer, Filter filter, boolean zeroCounters) {
    KernelFilter kernel = KernelFilter.of(filter);
    int message = zeroCounters ? CtAttribute.MESSAGE_GET_AND_ZERO : CtAttribute.MESSAGE_GET;
    begin(writer, message, Netlink.REQUEST | Netlink.DUMP, kernel.family());
    kernel.write(writer);
    writer.end();
  }

  static void dumpPlain(MessageWriter writer, int message) {
    begin(writer, message, Netlink.REQUEST | Netlink.DUMP, 0);
    writer.end();
  }

  static void get(MessageWriter writer, Tuple tuple, int zone) {
    begin(writer, CtAttribute.MESSAGE_GET, ASK, tuple.family().number());
    TupleCodec.write(writer, CtAttribute.TUPLE_ORIGINAL, tuple);
    zone(writer, zone);
    writer.end();
  }

  private static void zone(MessageWriter writer, int zone) {
    if (zone != 0) {
      writer.u16(CtAttribute.ZONE, zone);
    }
  }

  static void create(MessageWriter writer, FlowSpec spec) {
    begin(
        writer,
        CtAttribute.MESSAGE_NEW,
        ASK | Netlink.CREATE | Netlink.EXCLUSIVE,
        spec.original().family().number());
    TupleCodec.write(writer, CtAttribute.TUPLE_ORIGINAL, spec.original());
    TupleCodec.write(writer, CtAttribute.TUPLE_REPLY, spec.reply());
    zone(writer, spec.zone());
    writer.u32(CtAttribute.TIMEOUT, spec.timeoutSeconds());
    writer.u32(CtAttribute.MARK, spec.mark());
    if (spec.status().bits() != 0) {
      // the kernel sets CONFIRMED itself and takes its absence for an attempt to clear it
      writer.u32(CtAttribute.STATUS, spec.status().bits() | Status.CONFIRMED);
    }
    ProtocolInfo info = spec.protocolInfo();
    if (info != null) {
      ProtocolInfoCodec.write(writer, info);
    }
    labels(writer, spec.labels(), null);
    String helper = spec.helper();
    if (helper != null) {
      long nest = writer.beginNest(CtAttribute.HELP);
      writer.text(1, helper);
      writer.endNest(nest);
    }
    nat(writer, CtAttribute.NAT_SOURCE, spec.sourceNat());
    nat(writer, CtAttribute.NAT_DESTINATION, spec.destinationNat());
    writer.end();
  }

  private static void nat(MessageWriter writer, int type, @Nullable NatTarget target) {
    if (target == null) {
      return;
    }
    InetAddress address = target.address();
    long nest = writer.beginNest(type);
    if (address instanceof Inet4Address) {
      writer.octets(1, address.getAddress()).octets(2, address.getAddress());
    } else {
      writer.octets(4, address.getAddress()).octets(5, address.getAddress());
    }
    if (target.port() >= 0) {
      long ports = writer.beginNest(3);
      writer.u16(1, target.port()).u16(2, target.port());
      writer.endNest(ports);
    }
    writer.endNest(nest);
  }

  private static void labels(MessageWriter writer, @Nullable Labels labels, @Nullable Labels mask) {
    if (labels != null) {
      writer.octets(CtAttribute.LABELS, labels.octets());
    }
    if (mask != null) {
      writer.octets(CtAttribute.LABELS_MASK, mask.octets());
    }
  }

  static void update(
      MessageWriter writer, Tuple tuple, int zone, FlowUpdate update, int presentStatus) {
    begin(writer, CtAttribute.MESSAGE_NEW, ASK, tuple.family().number());
    TupleCodec.write(writer, CtAttribute.TUPLE_ORIGINAL, tuple);
    zone(writer, zone);
    if (update.mark() != Flow.ABSENT) {
      // the kernel computes (old & ~mask) ^ mark: bits outside the mask would flip
      writer.u32(CtAttribute.MARK, update.mark() & update.markMask());
      writer.u32(CtAttribute.MARK_MASK, update.markMask());
    }
    if (update.timeoutSeconds() != Flow.ABSENT) {
      writer.u32(CtAttribute.TIMEOUT, update.timeoutSeconds());
    }
    if (update.statusBits() != 0) {
      // a bit that is left out would be cleared, which the kernel refuses
      writer.u32(CtAttribute.STATUS, presentStatus | update.statusBits());
    }
    ProtocolInfo info = update.protocolInfo();
    if (info != null) {
      ProtocolInfoCodec.write(writer, info);
    }
    labels(writer, update.labels(), update.labelsMask());
    writer.end();
  }

  /** The id makes sure that an entry made anew with the same tuple is not hit. */
  static void delete(MessageWriter writer, FlowIdentity flow) {
    begin(writer, CtAttribute.MESSAGE_DELETE, ASK, flow.original().family().number());
    TupleCodec.write(writer, CtAttribute.TUPLE_ORIGINAL, flow.original());
    zone(writer, flow.zone());
    if (flow.id() != Flow.ABSENT) {
      writer.u32(CtAttribute.ID, flow.id());
    }
    writer.end();
  }

  static void flush(MessageWriter writer) {
    begin(writer, CtAttribute.MESSAGE_DELETE, ASK, 0);
    writer.end();
  }

  /** Of both families: only newer kernels look at the family of a flush. */
  static void flush(MessageWriter writer, Filter filter) {
    begin(writer, CtAttribute.MESSAGE_DELETE, ASK, 0);
    KernelFilter.of(filter).write(writer);
    writer.end();
  }

  static void stats(MessageWriter writer) {
    begin(writer, CtAttribute.MESSAGE_STATS, ASK, 0);
    writer.end();
  }
}
