package dev.tiaki.netfilter.format;

import dev.tiaki.netfilter.conntrack.Flow;
import dev.tiaki.netfilter.conntrack.FlowSpec;
import dev.tiaki.netfilter.conntrack.IpLiteral;
import dev.tiaki.netfilter.conntrack.IpProtocol;
import dev.tiaki.netfilter.conntrack.NatTarget;
import dev.tiaki.netfilter.conntrack.ProtocolInfo;
import dev.tiaki.netfilter.conntrack.SctpState;
import dev.tiaki.netfilter.conntrack.Status;
import dev.tiaki.netfilter.conntrack.TcpState;
import dev.tiaki.netfilter.conntrack.TransportKey;
import dev.tiaki.netfilter.conntrack.Tuple;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line a flow that makes it again: the options of conntrack(8)'s {@code -A}, as {@code
 * conntrack -L -o save} prints them, and {@code -m MARK} where there is one.
 */
public final class SaveFormat {
  private SaveFormat() {}

  /** Returns the line of {@code flow}. */
  public static String line(Flow flow) {
    StringBuilder line = new StringBuilder("-A");
    option(line, "-t", Math.max(0, flow.timeoutSeconds()));
    option(line, "-u", status(flow.status()));
    if (flow.zone() != 0) {
      option(line, "-w", flow.zone());
    }
    zone(line, "--orig-zone", flow.original());
    zone(line, "--reply-zone", flow.reply());
    option(line, "-s", FlowText.address(flow.original().source()));
    option(line, "-d", FlowText.address(flow.original().destination()));
    option(
        line,
        flow.status().has(Status.DESTINATION_NAT) ? "-g" : "-r",
        FlowText.address(flow.reply().source()));
    option(
        line,
        flow.status().has(Status.SOURCE_NAT) ? "-n" : "-q",
        FlowText.address(flow.reply().destination()));
    keys(line, flow);
    info(line, flow.protocolInfo());
    if (flow.mark() > 0) {
      option(line, "-m", flow.mark());
    }
    return line.toString();
  }

  private static void option(StringBuilder line, String name, Object value) {
    line.append(' ').append(name).append(' ').append(value);
  }

  private static void zone(StringBuilder line, String name, Tuple tuple) {
    if (tuple.zone() != Tuple.NO_ZONE) {
      option(line, name, tuple.zone());
    }
  }

  private static String status(Status status) {
    String seen = status.has(Status.SEEN_REPLY) ? "SEEN_REPLY" : "";
    if (!status.has(Status.ASSURED)) {
      return seen.isEmpty() ? "UNSET" : seen;
    }
    return seen.isEmpty() ? "ASSURED" : seen + ",ASSURED";
  }

  private static void keys(StringBuilder line, Flow flow) {
    String name = IpProtocol.name(flow.protocol());
    option(line, "-p", name.equals(IpProtocol.UNKNOWN) ? flow.protocol() : name);
    switch (flow.original().key()) {
      case TransportKey.Ports(int source, int destination) -> {
        boolean gre = flow.protocol() == IpProtocol.GRE;
        option(line, gre ? "--srckey" : "--sport", source);
        option(line, gre ? "--dstkey" : "--dport", destination);
        option(line, gre ? "--reply-key-src" : "--reply-port-src", flow.reply().sourcePort());
        option(line, gre ? "--reply-key-dst" : "--reply-port-dst", flow.reply().destinationPort());
      }
      case TransportKey.Icmp(int type, int code, int id) -> {
        String prefix = "--" + name;
        option(line, prefix + "-type", type);
        option(line, prefix + "-code", code);
        option(line, prefix + "-id", id);
      }
      case TransportKey.None _ -> {}
    }
  }

  private static void info(StringBuilder line, @Nullable ProtocolInfo info) {
    if (info != null) {
      option(line, "--state", info.stateName());
    }
    if (info instanceof ProtocolInfo.Sctp sctp) {
      option(line, "--orig-vtag", Math.max(0, sctp.tagOriginal()));
      option(line, "--reply-vtag", Math.max(0, sctp.tagReply()));
    }
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException when it is no such line; the text says what is wrong
   */
  public static FlowSpec parse(String line) {
    return new Options(line).spec();
  }

  /** The options of one line by name. */
  private static final class Options {
    private static final Map<String, String> LONG_NAMES =
        Map.ofEntries(
            Map.entry("--timeout", "-t"),
            Map.entry("--status", "-u"),
            Map.entry("--zone", "-w"),
            Map.entry("--src", "-s"),
            Map.entry("--dst", "-d"),
            Map.entry("--reply-src", "-r"),
            Map.entry("--reply-dst", "-q"),
            Map.entry("--proto", "-p"),
            Map.entry("--mark", "-m"),
            Map.entry("--orig-port-src", "--sport"),
            Map.entry("--orig-port-dst", "--dport"),
            Map.entry("--src-nat", "-n"),
            Map.entry("--dst-nat", "-g"));

    private final Map<String, String> values = new HashMap<>();
    private final int protocol;

    Options(String line) {
      String[] words = line.strip().split("\\s+", -1);
      int at = words[0].equals("conntrack") ? 1 : 0;
      if (at >= words.length || !words[at].matches("-A|-I|--add|--create")) {
        throw new IllegalArgumentException("-A expected: " + line);
      }
      for (at++; at < words.length; at += 2) {
        if (!words[at].startsWith("-") || at + 1 == words.length) {
          throw new IllegalArgumentException("an option with a value expected at " + words[at]);
        }
        values.put(LONG_NAMES.getOrDefault(words[at], words[at]), words[at + 1]);
      }
      protocol = IpProtocol.number(required("-p"));
      if (protocol < 0) {
        throw new IllegalArgumentException("unknown protocol " + values.get("-p"));
      }
    }

    private String required(String name) {
      String value = values.get(name);
      if (value == null) {
        throw new IllegalArgumentException(name + " is missing");
      }
      return value;
    }

    private InetAddress address(String name) {
      return IpLiteral.parse(required(name));
    }

    private int number(String name, int missing) {
      String value = values.get(name);
      return value == null ? missing : Math.toIntExact(Long.decode(value));
    }

    FlowSpec spec() {
      Tuple original =
          new Tuple(address("-s"), address("-d"), protocol, key(), number("--orig-zone", -1));
      FlowSpec spec =
          FlowSpec.of(original, number("-t", 0))
              .withReply(reply(original))
              .withStatus(statusBits())
              .withZone(number("-w", 0))
              .withMark(values.containsKey("-m") ? Long.decode(required("-m")) : 0);
      ProtocolInfo info = info();
      if (info != null) {
        spec = spec.withProtocolInfo(info);
      }
      if (values.containsKey("-n")) {
        spec = spec.withSourceNat(new NatTarget(address("-n"), replyPorts(original).destination()));
      }
      if (values.containsKey("-g")) {
        spec = spec.withDestinationNat(new NatTarget(address("-g"), replyPorts(original).source()));
      }
      return spec;
    }

    /** The kernel derives a translated end itself and takes a given one for no translation. */
    private Tuple reply(Tuple original) {
      Tuple mirror = original.mirrored();
      boolean sourceNat = values.containsKey("-n");
      boolean destinationNat = values.containsKey("-g");
      InetAddress source =
          destinationNat || !values.containsKey("-r") ? mirror.source() : address("-r");
      InetAddress destination =
          sourceNat || !values.containsKey("-q") ? mirror.destination() : address("-q");
      TransportKey key = mirror.key();
      if (key instanceof TransportKey.Ports(int from, int to)) {
        TransportKey.Ports given = replyPorts(original);
        key =
            new TransportKey.Ports(
                destinationNat ? from : given.source(), sourceNat ? to : given.destination());
      }
      return new Tuple(source, destination, protocol, key, number("--reply-zone", -1));
    }

    private TransportKey.Ports replyPorts(Tuple original) {
      boolean gre = protocol == IpProtocol.GRE;
      return new TransportKey.Ports(
          number(
              gre ? "--reply-key-src" : "--reply-port-src",
              Math.max(0, original.destinationPort())),
          number(gre ? "--reply-key-dst" : "--reply-port-dst", Math.max(0, original.sourcePort())));
    }

    private TransportKey key() {
      if (protocol == IpProtocol.GRE && values.containsKey("--srckey")) {
        return new TransportKey.Ports(number("--srckey", 0), number("--dstkey", 0));
      }
      if (IpProtocol.hasPorts(protocol)) {
        required("--sport");
        required("--dport");
        return new TransportKey.Ports(number("--sport", 0), number("--dport", 0));
      }
      return IpProtocol.isIcmp(protocol)
          ? icmpKey("--" + IpProtocol.name(protocol))
          : TransportKey.NONE;
    }

    private TransportKey icmpKey(String prefix) {
      return new TransportKey.Icmp(
          number(prefix + "-type", 0), number(prefix + "-code", 0), number(prefix + "-id", 0));
    }

    private int statusBits() {
      int bits = 0;
      for (String word : values.getOrDefault("-u", "UNSET").split(",", -1)) {
        bits |= word.equals("UNSET") ? 0 : Status.bit(word);
      }
      return bits;
    }

    private @Nullable ProtocolInfo info() {
      String state = values.get("--state");
      if (state == null) {
        return null;
      }
      return switch (protocol) {
        case IpProtocol.TCP -> ProtocolInfo.Tcp.of(TcpState.named(state));
        case IpProtocol.SCTP ->
            new ProtocolInfo.Sctp(
                SctpState.named(state), number("--orig-vtag", 0), number("--reply-vtag", 0));
        default -> null;
      };
    }
  }
}
