package dev.tiaki.cli.assembly;

import dev.tiaki.cli.eve.EveEnds;
import dev.tiaki.cli.output.ByteOutput;
import dev.tiaki.dissector.http.HttpBeginning;
import dev.tiaki.dissector.http.HttpFlow;
import dev.tiaki.dissector.smtp.SmtpFlow;
import dev.tiaki.dissector.tcpconnection.EndedProtocol;
import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.dissector.tls.TlsFlow;
import dev.tiaki.dissector.udpconnection.UdpFlow;
import dev.tiaki.engine.flow.FlowDrops;
import dev.tiaki.engine.flow.FlowEntry;
import dev.tiaki.engine.packet.DropOrigin;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Explains each packet that did not pass, in the layout of alerts: its path through the layers, its
 * flow, who decided, and why. Written at once, so that nothing is kept.
 */
final class DropText implements DropListener {
  private final ByteOutput output;
  private final boolean enforcing;

  /**
   * Makes explanations that go to {@code output}.
   *
   * @param enforcing whether drops are carried out
   */
  DropText(ByteOutput output, boolean enforcing) {
    this.output = output;
    this.enforcing = enforcing;
  }

  @Override
  public void packetDropped(Packet packet, DropReason reason, @Nullable DropOrigin origin) {
    StringBuilder text = new StringBuilder(256);
    text.append(word())
        .append(packet.number() == 0 ? "a forged packet" : "packet " + packet.number());
    item(text, "path", path(packet));
    EveEnds ends = PacketEnds.of(packet);
    if (ends != null) {
      item(text, "packet", ends(ends) + ", " + packet.originalLength() + " bytes");
    }
    if (packet.flow() instanceof FlowEntry flow) {
      item(text, "flow", flow(flow));
      before(text, flow, reason, packet.number());
    }
    if (origin != null && !origin.text().isEmpty()) {
      item(text, "by", origin.text());
    }
    item(text, "reason", kind(packet, reason) + ": " + reason.text());
    output.write(text.append('\n').toString());
  }

  /** Carried out, it shows in the packets; else this is all there is to see. */
  @Override
  public void flowDropped(FlowEntry flow) {
    FlowDrops drops = flow.drops();
    if (enforcing || drops == null) {
      return;
    }
    StringBuilder text = new StringBuilder(256);
    text.append(word()).append("flow ").append(flow(flow));
    if (drops.packetNumber() > 0) {
      item(text, "from", "packet " + drops.packetNumber() + " on");
    }
    DropOrigin origin = drops.origin();
    if (origin != null) {
      item(text, "by", origin.text());
    }
    item(text, "reason", drops.reason().kind().word() + ": " + drops.reason().text());
    output.write(text.append('\n').toString());
  }

  /** What dropped the flow is behind its later packets too. */
  private static String kind(Packet packet, DropReason reason) {
    DropReason first = reason;
    if (reason == DropReason.FLOW_DROPPED && packet.flow() instanceof FlowEntry flow) {
      FlowDrops drops = flow.drops();
      first = drops == null ? reason : drops.reason();
    }
    return first.kind().word();
  }

  private String word() {
    return enforcing ? "dropped: " : "would be dropped: ";
  }

  private static void item(StringBuilder text, String name, String value) {
    text.append("\n\t").append(name).append(" = ").append(value);
  }

  private static void before(StringBuilder text, FlowEntry flow, DropReason reason, long number) {
    FlowDrops drops = flow.drops();
    if (reason == DropReason.FLOW_DROPPED && drops != null && drops.packetNumber() != number) {
      item(
          text,
          "decided",
          "on packet " + drops.packetNumber() + ", " + drops.reason().kind().word());
    }
  }

  private static String path(Packet packet) {
    List<String> layers = new ArrayList<>();
    layers.add(packet.linkType().toString().toLowerCase(Locale.ROOT));
    if (packet.enclosure() != null) {
      layers.add("tunnel");
    }
    EveEnds ends = PacketEnds.of(packet);
    if (ends != null) {
      layers.add(ends.source().indexOf(':') >= 0 ? "ipv6" : "ipv4");
      layers.add(ends.protocol().toLowerCase(Locale.ROOT));
    }
    switch (packet.flow()) {
      case TcpFlow tcp -> {
        layers.add("tcp_connection");
        application(layers, tcp.nextDissector());
      }
      case UdpFlow udp -> {
        layers.add("udp_connection");
        application(layers, udp.nextDissector());
      }
      case null, default -> {}
    }
    return String.join(" > ", layers);
  }

  private static void application(List<String> layers, @Nullable Object above) {
    switch (above) {
      case null -> {}
      case HttpBeginning _ -> {}
      case HttpFlow _ -> layers.add("http");
      case SmtpFlow _ -> layers.add("smtp");
      case TlsFlow _ -> layers.add("tls");
      case EndedProtocol ended -> layers.add(ended.name());
      default -> {
        if (above.getClass().getPackageName().endsWith(".dns")) {
          layers.add("dns");
        } else {
          layers.add("a dissector in Lua");
        }
      }
    }
  }

  private static String flow(FlowEntry flow) {
    String ends =
        ends(
            new EveEnds(
                flow.key().source().toString(),
                flow.key().sourcePort(),
                flow.key().destination().toString(),
                flow.key().destinationPort(),
                flow instanceof UdpFlow ? "UDP" : "TCP"));
    return switch (flow) {
      case TcpFlow tcp -> tcp.id() + ", " + ends;
      case UdpFlow udp when udp.id() > 0 -> udp.id() + ", " + ends;
      default -> "new, " + ends;
    };
  }

  private static String ends(EveEnds ends) {
    return ends.protocol().toLowerCase(Locale.ROOT)
        + " "
        + end(ends.source(), ends.sourcePort())
        + " -> "
        + end(ends.destination(), ends.destinationPort());
  }

  private static String end(String address, int port) {
    if (port < 0) {
      return address;
    }
    return (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + port;
  }
}
