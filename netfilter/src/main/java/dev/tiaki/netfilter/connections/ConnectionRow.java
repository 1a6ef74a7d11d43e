package dev.tiaki.netfilter.connections;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiaki.netfilter.conntrack.Counters;
import dev.tiaki.netfilter.conntrack.Flow;
import dev.tiaki.netfilter.conntrack.IpProtocol;
import dev.tiaki.netfilter.conntrack.Status;
import dev.tiaki.netfilter.conntrack.Timestamps;
import dev.tiaki.netfilter.conntrack.TransportKey;
import dev.tiaki.netfilter.conntrack.Tuple;
import java.net.InetAddress;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One row of the answer: what a line of {@code /proc/net/nf_conntrack} says, by key. Every value is
 * text but {@code nat}; what is not known has no key.
 */
final class ConnectionRow {
  /** The key of the kernel's id of the entry; {@code id} is the identifier of an echo. */
  static final String ENTRY_ID = "entry_id";

  private static final int SECONDS_TO_NANOS = 1_000_000_000;

  private ConnectionRow() {}

  static ObjectNode of(Flow flow, Instant now) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    row.put("layer", flow.family().word());
    row.put("protocol", IpProtocol.name(flow.protocol()));
    if (flow.timeoutSeconds() != Flow.ABSENT) {
      row.put("timeout", Long.toString(flow.timeoutSeconds()));
    }
    row.put("state", state(flow));
    tuple(row, flow.original(), "", flow.protocol());
    counters(row, flow.originalCounters(), "");
    tuple(row, flow.reply(), "_reply", flow.protocol());
    counters(row, flow.replyCounters(), "_reply");
    String status = status(flow);
    if (status != null) {
      row.put("status", status);
    }
    row.put("mark", Long.toString(Math.max(0, flow.mark())));
    if (flow.securityContext() != null) {
      row.put("secctx", flow.securityContext());
    }
    if (flow.original().zone() == Tuple.NO_ZONE && flow.reply().zone() == Tuple.NO_ZONE) {
      row.put("zone", Integer.toString(flow.zone()));
    }
    Timestamps times = flow.timestamps();
    if (times != null) {
      long seconds = now.getEpochSecond() - times.startNanos() / SECONDS_TO_NANOS;
      row.put("delta-time", Long.toString(Math.max(0, seconds)));
    }
    if (flow.use() != Flow.ABSENT) {
      // the text file holds one more reference while it prints
      row.put("use", Long.toString(flow.use() + 1));
    }
    row.put("nat", flow.isTranslated() ? 1 : 0);
    return row;
  }

  /** Only TCP's state is given: the other protocols' words were never part of the answer. */
  static String state(Flow flow) {
    return flow.protocol() == IpProtocol.TCP ? flow.stateName() : "";
  }

  static void zones(ObjectNode row, Flow flow, Function<InetAddress, String> zones) {
    row.put("src_zone", zones.apply(flow.original().source()));
    row.put("dst_zone", zones.apply(flow.original().destination()));
  }

  /** The last of the words in brackets. */
  private static @Nullable String status(Flow flow) {
    Status status = flow.status();
    if (status.has(Status.HARDWARE_OFFLOAD)) {
      return "HW_OFFLOAD";
    }
    if (status.has(Status.OFFLOAD)) {
      return "OFFLOAD";
    }
    if (status.has(Status.ASSURED)) {
      return "ASSURED";
    }
    return status.has(Status.SEEN_REPLY) ? null : "UNREPLIED";
  }

  private static void tuple(ObjectNode row, Tuple tuple, String suffix, int protocol) {
    row.put("src" + suffix, AddressText.of(tuple.source()));
    row.put("dst" + suffix, AddressText.of(tuple.destination()));
    switch (tuple.key()) {
      case TransportKey.Ports(int source, int destination) -> {
        if (protocol == IpProtocol.GRE) {
          row.put("srckey" + suffix, "0x" + Integer.toHexString(source));
          row.put("dstkey" + suffix, "0x" + Integer.toHexString(destination));
        } else {
          row.put("sport" + suffix, Integer.toString(source));
          row.put("dport" + suffix, Integer.toString(destination));
        }
      }
      case TransportKey.Icmp(int type, int code, int id) -> {
        row.put("type" + suffix, Integer.toString(type));
        row.put("code" + suffix, Integer.toString(code));
        row.put("id" + suffix, Integer.toString(id));
      }
      case TransportKey.None _ -> {}
    }
  }

  private static void counters(ObjectNode row, @Nullable Counters counters, String suffix) {
    if (counters != null) {
      row.put("packets" + suffix, Long.toUnsignedString(counters.packets()));
      row.put("bytes" + suffix, Long.toUnsignedString(counters.bytes()));
    }
  }
}
