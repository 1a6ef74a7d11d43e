package dev.tiaki.cli.conntrack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiaki.cli.inline.DecidedFlow;
import dev.tiaki.cli.inline.MarkPlan;
import dev.tiaki.cli.inline.TwiceTranslated;
import dev.tiaki.engine.flow.FlowKey;
import dev.tiaki.netfilter.conntrack.Counters;
import dev.tiaki.netfilter.conntrack.Expectation;
import dev.tiaki.netfilter.conntrack.Flow;
import dev.tiaki.netfilter.conntrack.IpProtocol;
import dev.tiaki.netfilter.conntrack.LabelNames;
import dev.tiaki.netfilter.conntrack.Status;
import dev.tiaki.netfilter.conntrack.TransportKey;
import dev.tiaki.netfilter.conntrack.Tuple;
import dev.tiaki.netfilter.format.FlowJson;
import dev.tiaki.netfilter.format.FlowText;
import dev.tiaki.netfilter.format.SaveFormat;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How flows are printed. */
final class FlowPrinter {
  private static final String ROW =
      "%-8s %-12s %8s  %-26s %-26s %-10s %-18s %5s %10s %12s  %-30s %s";

  @ArgGroup(exclusive = true)
  private Layout layout = new Layout();

  /** One of them. */
  static final class Layout {
    @Option(names = "--json", description = "One JSON object a line.")
    boolean json;

    @Option(names = "--lines", description = "Lines as 'conntrack -L -o id,extended' prints them.")
    boolean lines;

    @Option(names = "--save", description = "Lines that 'tiaki conntrack load' reads.")
    boolean save;

    Layout() {}
  }

  @Option(names = "--labels", description = "Say labels too, in lines as those of --lines.")
  private boolean labels;

  private Map<DecidedFlow.Ends, DecidedFlow> decisions = Map.of();

  FlowPrinter() {}

  /** Lines are the only layout for people that has room for labels. */
  private boolean isLines() {
    return layout.lines || labels;
  }

  /** Says from now on what a run decided about each flow. */
  void explain(Map<DecidedFlow.Ends, DecidedFlow> decided) {
    decisions = decided;
  }

  void head(PrintWriter out) {
    if (!layout.json && !isLines() && !layout.save) {
      out.println(
          ROW.formatted(
                  "PROTOCOL",
                  "STATE",
                  "TIMEOUT",
                  "SOURCE",
                  "DESTINATION",
                  "STATUS",
                  "MARK",
                  "ZONE",
                  "PACKETS",
                  "BYTES",
                  "REPLY FROM, TO",
                  "DECIDED")
              .stripTrailing());
    }
  }

  void print(PrintWriter out, Expectation expectation) {
    out.println(
        layout.json ? FlowJson.of(expectation).toString() : FlowText.SHORT.line(expectation));
  }

  void print(PrintWriter out, Flow flow, Instant now, LabelNames names) {
    if (layout.json) {
      out.println(json(flow, decided(flow)));
    } else if (layout.save) {
      out.println(SaveFormat.line(flow));
    } else if (isLines()) {
      out.println(new FlowText(true, labels ? names : null).line(flow, now));
    } else {
      out.println(row(flow, decided(flow)).stripTrailing());
    }
  }

  /** What a rule decided about the connection stands in its mark. */
  private static String decision(long mark) {
    MarkPlan plan = MarkPlan.DEFAULT;
    return (mark & plan.drop()) != 0 ? " drop" : (mark & plan.bypass()) != 0 ? " bypass" : "";
  }

  /** Only TCP and UDP flows are decided about. */
  private @Nullable DecidedFlow decided(Flow flow) {
    if (decisions.isEmpty() || !(flow.original().key() instanceof TransportKey.Ports)) {
      return null;
    }
    FlowKey key = TwiceTranslated.keyAtForward(flow);
    DecidedFlow found = decisions.get(DecidedFlow.Ends.of(flow.protocol(), key));
    return found != null
        ? found
        : decisions.get(DecidedFlow.Ends.of(flow.protocol(), key.reversed()));
  }

  private static ObjectNode json(Flow flow, @Nullable DecidedFlow decided) {
    ObjectNode json = FlowJson.of(flow);
    if (decided != null) {
      ObjectNode node = json.putObject("tiaki");
      node.put("action", decided.action()).put("kernel", decided.kernel());
      node.put("rule", decided.rule()).put("location", decided.location());
    }
    return json;
  }

  private static String row(Flow flow, @Nullable DecidedFlow decided) {
    return ROW.formatted(
        protocol(flow),
        flow.stateName(),
        flow.timeoutSeconds() == Flow.ABSENT ? "" : Long.toString(flow.timeoutSeconds()),
        end(flow.original(), true),
        end(flow.original(), false),
        status(flow.status()),
        flow.mark() > 0 ? "0x" + Long.toHexString(flow.mark()) + decision(flow.mark()) : "",
        flow.zone() == 0 ? "" : Integer.toString(flow.zone()),
        sum(flow.originalCounters(), flow.replyCounters(), true),
        sum(flow.originalCounters(), flow.replyCounters(), false),
        translation(flow),
        decided == null ? "" : decided.text());
  }

  private static String protocol(Flow flow) {
    String name = IpProtocol.name(flow.protocol());
    return name.equals(IpProtocol.UNKNOWN) ? Integer.toString(flow.protocol()) : name;
  }

  private static String end(Tuple tuple, boolean source) {
    String address = FlowText.address(source ? tuple.source() : tuple.destination());
    return switch (tuple.key()) {
      case TransportKey.Ports(int from, int to) ->
          (address.contains(":") ? "[" + address + "]" : address) + ":" + (source ? from : to);
      case TransportKey.Icmp(int type, int code, int id) ->
          source ? address : address + " " + type + "/" + code + " id " + id;
      case TransportKey.None _ -> address;
    };
  }

  private static String status(Status status) {
    if (status.has(Status.OFFLOAD)) {
      return "offloaded";
    }
    if (status.has(Status.ASSURED)) {
      return "assured";
    }
    return status.has(Status.SEEN_REPLY) ? "" : "unreplied";
  }

  private static String sum(@Nullable Counters one, @Nullable Counters other, boolean packets) {
    if (one == null || other == null) {
      return "";
    }
    return Long.toUnsignedString(
        packets ? one.packets() + other.packets() : one.bytes() + other.bytes());
  }

  private static String translation(Flow flow) {
    return flow.reply().equals(flow.original().mirrored())
        ? ""
        : end(flow.reply(), true) + " " + end(flow.reply(), false);
  }
}
