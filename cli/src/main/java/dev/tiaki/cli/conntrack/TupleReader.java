package dev.tiaki.cli.conntrack;

import dev.tiaki.netfilter.conntrack.AddressFamily;
import dev.tiaki.netfilter.conntrack.FlowSpec;
import dev.tiaki.netfilter.conntrack.IpLiteral;
import dev.tiaki.netfilter.conntrack.IpProtocol;
import dev.tiaki.netfilter.conntrack.Labels;
import dev.tiaki.netfilter.conntrack.NatTarget;
import dev.tiaki.netfilter.conntrack.ProtocolInfo;
import dev.tiaki.netfilter.conntrack.SctpState;
import dev.tiaki.netfilter.conntrack.TcpState;
import dev.tiaki.netfilter.conntrack.TransportKey;
import dev.tiaki.netfilter.conntrack.Tuple;
import java.io.IOException;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Makes one flow of the options that otherwise filter. */
final class TupleReader {
  private final FilterOptions options;

  TupleReader(FilterOptions options) {
    this.options = options;
  }

  private static String required(@Nullable String value, String name) {
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }

  Tuple tuple() {
    int protocol = FilterOptions.protocolNumber(required(options.protocol, "--proto"));
    InetAddress source = IpLiteral.parse(required(options.source, "--src"));
    InetAddress destination = IpLiteral.parse(required(options.destination, "--dst"));
    if (AddressFamily.of(source) != AddressFamily.of(destination)) {
      throw new IllegalArgumentException("--src and --dst are of two families");
    }
    return new Tuple(
        source,
        destination,
        protocol,
        key(protocol),
        options.originalZone == null ? Tuple.NO_ZONE : number(options.originalZone, 0));
  }

  private static int number(@Nullable String text, int missing) {
    return text == null ? missing : (int) Numbers.parse(text, 0xffff);
  }

  private TransportKey key(int protocol) {
    boolean gre = protocol == IpProtocol.GRE && options.sourcePort != null;
    if (gre || IpProtocol.hasPorts(protocol)) {
      return new TransportKey.Ports(
          number(required(options.sourcePort, "--sport"), 0),
          number(required(options.destinationPort, "--dport"), 0));
    }
    return IpProtocol.isIcmp(protocol)
        ? new TransportKey.Icmp(
            number(options.icmpType, protocol == IpProtocol.ICMP ? 8 : 128),
            number(options.icmpCode, 0),
            number(options.icmpId, 0))
        : TransportKey.NONE;
  }

  int zone() {
    return number(options.zone, 0);
  }

  FlowSpec spec(long timeoutSeconds) throws IOException {
    Tuple original = tuple();
    FlowSpec spec =
        FlowSpec.of(original, timeoutSeconds)
            .withReply(reply(original))
            .withZone(zone())
            .withStatus(
                options.status.stream()
                    .mapToInt(FilterOptions::statusBit)
                    .reduce(0, (a, b) -> a | b));
    if (options.mark != null) {
      spec = spec.withMark(Numbers.parse(options.mark, Numbers.MAX_U32));
    }
    if (!options.labels.isEmpty()) {
      spec = spec.withLabels(Labels.of(options.labelBits(options.labels)));
    }
    if (options.sourceNat != null) {
      spec = spec.withSourceNat(target(options.sourceNat, "--src-nat"));
    }
    if (options.destinationNat != null) {
      spec = spec.withDestinationNat(target(options.destinationNat, "--dst-nat"));
    }
    ProtocolInfo info = info(original.protocol());
    return info == null ? spec : spec.withProtocolInfo(info);
  }

  /** An address, or {@code 192.0.2.1:80}, or {@code [2001:db8::1]:80}. */
  private static NatTarget target(String text, String name) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(name + " needs an address");
    }
    int colon = text.lastIndexOf(':');
    boolean bracketed = text.startsWith("[");
    boolean port = bracketed ? text.indexOf("]:") > 0 : colon >= 0 && colon == text.indexOf(':');
    String address = port ? text.substring(0, colon) : text;
    return new NatTarget(
        IpLiteral.parse(bracketed ? address.substring(1, address.length() - 1) : address),
        port ? (int) Numbers.parse(text.substring(colon + 1), 0xffff) : -1);
  }

  private Tuple reply(Tuple original) {
    Tuple mirror = original.mirrored();
    TransportKey key = mirror.key();
    if (key instanceof TransportKey.Ports(int from, int to)) {
      key =
          new TransportKey.Ports(
              number(options.replySourcePort, from), number(options.replyDestinationPort, to));
    }
    return new Tuple(
        options.replySource == null ? mirror.source() : IpLiteral.parse(options.replySource),
        options.replyDestination == null
            ? mirror.destination()
            : IpLiteral.parse(options.replyDestination),
        original.protocol(),
        key,
        options.replyZone == null ? Tuple.NO_ZONE : number(options.replyZone, 0));
  }

  private @Nullable ProtocolInfo info(int protocol) {
    String state = options.state;
    if (state == null) {
      return null;
    }
    return switch (protocol) {
      case IpProtocol.TCP -> ProtocolInfo.Tcp.of(TcpState.named(state));
      case IpProtocol.SCTP -> new ProtocolInfo.Sctp(SctpState.named(state), 0, 0);
      default -> throw new IllegalArgumentException("--state is for tcp and sctp");
    };
  }
}
