package dev.tiaki.netfilter.format;

import dev.tiaki.netfilter.conntrack.ConntrackEvent;
import dev.tiaki.netfilter.conntrack.Counters;
import dev.tiaki.netfilter.conntrack.Expectation;
import dev.tiaki.netfilter.conntrack.Flow;
import dev.tiaki.netfilter.conntrack.IpProtocol;
import dev.tiaki.netfilter.conntrack.LabelNames;
import dev.tiaki.netfilter.conntrack.Status;
import dev.tiaki.netfilter.conntrack.Timestamps;
import dev.tiaki.netfilter.conntrack.TransportKey;
import dev.tiaki.netfilter.conntrack.Tuple;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Flows as {@code conntrack -L -o id} prints them, so that what reads those lines reads these.
 *
 * @param extended whether each line begins with the layer 3 protocol
 * @param labels the names by which labels are printed, or null to leave them out
 */
public record FlowText(boolean extended, @Nullable LabelNames labels) {
  /** As {@code conntrack -L -o id,extended}. */
  public static final FlowText EXTENDED = new FlowText(true, null);

  /** As {@code conntrack -L -o id}. */
  public static final FlowText SHORT = new FlowText(false, null);

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Returns the line of {@code flow} without its end; {@code now} is for the age. */
  public String line(Flow flow, Instant now) {
    StringBuilder line = new StringBuilder(200);
    if (extended) {
      line.append(padded(flow.family().word())).append(flow.family().number()).append(' ');
    }
    line.append(padded(IpProtocol.name(flow.protocol()))).append(flow.protocol()).append(' ');
    if (flow.timeoutSeconds() != Flow.ABSENT) {
      line.append(flow.timeoutSeconds()).append(' ');
    }
    if (flow.protocolInfo() != null) {
      line.append(flow.stateName()).append(' ');
    }
    tuple(line, flow.original(), "zone-orig=");
    counters(line, flow.originalCounters());
    if (!flow.status().has(Status.SEEN_REPLY)) {
      line.append("[UNREPLIED] ");
    }
    tuple(line, flow.reply(), "zone-reply=");
    counters(line, flow.replyCounters());
    status(line, flow.status());
    tail(line, flow, now);
    return line.toString().stripTrailing();
  }

  private static String padded(String word) {
    return word.length() < 8 ? word + " ".repeat(9 - word.length()) : word + " ";
  }

  private static void tuple(StringBuilder line, Tuple tuple, String zoneWord) {
    line.append("src=").append(address(tuple.source()));
    line.append(" dst=").append(address(tuple.destination())).append(' ');
    switch (tuple.key()) {
      case TransportKey.Ports(int source, int destination) -> {
        if (tuple.protocol() == IpProtocol.GRE) {
          line.append("srckey=0x").append(Integer.toHexString(source));
          line.append(" dstkey=0x").append(Integer.toHexString(destination)).append(' ');
        } else {
          line.append("sport=").append(source).append(" dport=").append(destination).append(' ');
        }
      }
      case TransportKey.Icmp(int type, int code, int id) ->
          line.append("type=")
              .append(type)
              .append(" code=")
              .append(code)
              .append(" id=")
              .append(id)
              .append(' ');
      case TransportKey.None _ -> {}
    }
    if (tuple.zone() != Tuple.NO_ZONE) {
      line.append(zoneWord).append(tuple.zone()).append(' ');
    }
  }

  private static void counters(StringBuilder line, @Nullable Counters counters) {
    if (counters != null) {
      line.append("packets=").append(Long.toUnsignedString(counters.packets()));
      line.append(" bytes=").append(Long.toUnsignedString(counters.bytes())).append(' ');
    }
  }

  private static void status(StringBuilder line, Status status) {
    if (status.has(Status.HARDWARE_OFFLOAD)) {
      line.append("[HW_OFFLOAD] ");
    } else if (status.has(Status.OFFLOAD)) {
      line.append("[OFFLOAD] ");
    } else if (status.has(Status.ASSURED)) {
      line.append("[ASSURED] ");
    }
  }

  private void tail(StringBuilder line, Flow flow, Instant now) {
    if (flow.mark() != Flow.ABSENT) {
      line.append("mark=").append(flow.mark()).append(' ');
    }
    if (flow.securityContext() != null) {
      line.append("secctx=").append(flow.securityContext()).append(' ');
    }
    if (flow.zone() != 0) {
      line.append("zone=").append(flow.zone()).append(' ');
    }
    Timestamps times = flow.timestamps();
    if (times != null) {
      long stop =
          times.stopNanos() == 0 ? now.getEpochSecond() : times.stopNanos() / NANOS_PER_SECOND;
      line.append("delta-time=").append(stop - times.startNanos() / NANOS_PER_SECOND).append(' ');
    }
    if (flow.helper() != null) {
      line.append("helper=").append(flow.helper()).append(' ');
    }
    if (flow.use() != Flow.ABSENT) {
      line.append("use=").append(flow.use()).append(' ');
    }
    if (flow.id() != Flow.ABSENT) {
      line.append("id=").append(flow.id()).append(' ');
    }
    LabelNames names = labels;
    if (names != null && flow.labels() != null) {
      line.append("labels=").append(names.text(flow.labels()));
    }
  }

  /** Returns the line of {@code expectation}, much as {@code conntrack -L expect} prints it. */
  public String line(Expectation expectation) {
    StringBuilder line = new StringBuilder(200);
    line.append(expectation.timeoutSeconds()).append(" proto=");
    line.append(expectation.tuple().protocol()).append(' ');
    tuple(line, expectation.tuple(), "zone=");
    Tuple mask = expectation.mask();
    if (mask != null) {
      named(line, mask, "mask");
    }
    named(line, expectation.master(), "master");
    line.append("class=").append(expectation.expectClass());
    if (expectation.helper() != null) {
      line.append(" helper=").append(expectation.helper());
    }
    return line.append(" id=").append(expectation.id()).toString();
  }

  private static void named(StringBuilder line, Tuple tuple, String name) {
    line.append(name).append("-src=").append(address(tuple.source()));
    line.append(' ').append(name).append("-dst=").append(address(tuple.destination()));
    if (tuple.key() instanceof TransportKey.Ports(int source, int destination)) {
      line.append(" sport=").append(source).append(" dport=").append(destination);
    }
    line.append(' ');
  }

  /** Returns the line of {@code event}, as {@code conntrack -E -o id} prints it. */
  public String line(ConntrackEvent event, Instant now) {
    return switch (event) {
      case ConntrackEvent.Created(Flow flow, boolean synthetic, int _) ->
          "    [NEW] " + line(flow, now) + note(synthetic);
      case ConntrackEvent.Updated(Flow flow, boolean synthetic, int _) ->
          " [UPDATE] " + line(flow, now) + note(synthetic);
      case ConntrackEvent.Destroyed(Flow flow, boolean synthetic, int _) ->
          "[DESTROY] " + line(flow, now) + note(synthetic);
      case ConntrackEvent.ExpectationCreated(Expectation expectation, int _) ->
          "    [NEW] " + line(expectation);
      case ConntrackEvent.ExpectationDestroyed(Expectation expectation, int _) ->
          "[DESTROY] " + line(expectation);
      case ConntrackEvent.Overrun(long times) -> "[OVERRUN] events were lost, times=" + times;
      case ConntrackEvent.Resynchronised(long entries) -> " [RESYNC] entries=" + entries;
      case ConntrackEvent.OldFlowsAreSilent(long flows) ->
          "   [NOTE] flows that began before give no events (nf_conntrack_events=2), flows="
              + flows;
      case ConntrackEvent.Failed(String reason) -> " [FAILED] " + reason;
    };
  }

  private static String note(boolean synthetic) {
    return synthetic ? " [SYNTHETIC]" : "";
  }

  /** Returns an address as inet_ntop(3) writes it: IPv6 with its longest run of zeros left out. */
  public static String address(InetAddress address) {
    return address instanceof Inet6Address
        ? compressed(address.getAddress())
        : address.getHostAddress();
  }

  private static String compressed(byte[] octets) {
    int[] groups = new int[8];
    for (int i = 0; i < 8; i++) {
      groups[i] = (octets[2 * i] & 0xff) << 8 | (octets[2 * i + 1] & 0xff);
    }
    int best = -1;
    int bestLength = 1;
    for (int start = 0; start < 8; start++) {
      int end = start;
      while (end < 8 && groups[end] == 0) {
        end++;
      }
      if (end - start > bestLength) {
        best = start;
        bestLength = end - start;
      }
    }
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < 8; i++) {
      if (i == best) {
        text.append("::");
        i += bestLength - 1;
      } else {
        text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":");
        text.append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }
}
