package dev.tiaki.cli.conntrack;

import dev.tiaki.netfilter.conntrack.AddressFamily;
import dev.tiaki.netfilter.conntrack.Condition;
import dev.tiaki.netfilter.conntrack.Filter;
import dev.tiaki.netfilter.conntrack.FlowDirection;
import dev.tiaki.netfilter.conntrack.FlowEnd;
import dev.tiaki.netfilter.conntrack.IpProtocol;
import dev.tiaki.netfilter.conntrack.LabelNames;
import dev.tiaki.netfilter.conntrack.Prefix;
import dev.tiaki.netfilter.conntrack.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The filters of conntrack(8), by its names. */
final class FilterOptions {
  @Option(
      names = {"-s", "--src", "--orig-src"},
      paramLabel = "NETWORK",
      description = "Original source, an address or a prefix.")
  @Nullable String source;

  @Option(
      names = {"-d", "--dst", "--orig-dst"},
      paramLabel = "NETWORK",
      description = "Original destination.")
  @Nullable String destination;

  @Option(
      names = {"-r", "--reply-src"},
      paramLabel = "NETWORK",
      description = "Source of the answers.")
  @Nullable String replySource;

  @Option(
      names = {"-q", "--reply-dst"},
      paramLabel = "NETWORK",
      description = "Destination of the answers.")
  @Nullable String replyDestination;

  @Option(
      names = {"-p", "--proto"},
      paramLabel = "PROTOCOL",
      description = "tcp, udp, icmp, icmpv6, sctp, dccp, gre, udplite or a number.")
  @Nullable String protocol;

  @Option(
      names = {"-f", "--family"},
      paramLabel = "ipv4|ipv6",
      description = "Layer 3 protocol.")
  @Nullable String family;

  @Option(
      names = {"--sport", "--orig-port-src", "--srckey"},
      paramLabel = "PORT",
      description = "Original source port, or GRE key.")
  @Nullable String sourcePort;

  @Option(
      names = {"--dport", "--orig-port-dst", "--dstkey"},
      paramLabel = "PORT",
      description = "Original destination port, or GRE key.")
  @Nullable String destinationPort;

  @Option(
      names = {"--reply-port-src", "--reply-key-src"},
      paramLabel = "PORT",
      description = "Source port of the answers.")
  @Nullable String replySourcePort;

  @Option(
      names = {"--reply-port-dst", "--reply-key-dst"},
      paramLabel = "PORT",
      description = "Destination port of the answers.")
  @Nullable String replyDestinationPort;

  @Option(
      names = {"--icmp-type", "--icmpv6-type"},
      paramLabel = "N",
      description = "ICMP type.")
  @Nullable String icmpType;

  @Option(
      names = {"--icmp-code", "--icmpv6-code"},
      paramLabel = "N",
      description = "ICMP code.")
  @Nullable String icmpCode;

  @Option(
      names = {"--icmp-id", "--icmpv6-id"},
      paramLabel = "N",
      description = "ICMP identifier.")
  @Nullable String icmpId;

  @Option(names = "--state", paramLabel = "STATE", description = "State, such as ESTABLISHED.")
  @Nullable String state;

  @Option(
      names = {"-u", "--status"},
      split = ",",
      paramLabel = "STATUS",
      description = "Status words such as ASSURED, SEEN_REPLY, UNREPLIED; '!' before one negates.")
  List<String> status = new ArrayList<>();

  @Option(
      names = {"-m", "--mark"},
      paramLabel = "MARK[/MASK]",
      description = "Mark, decimal or 0x….")
  @Nullable String mark;

  @Option(
      names = {"-l", "--label"},
      paramLabel = "LABEL",
      description = "A label's number or name; may be given several times.")
  List<String> labels = new ArrayList<>();

  @Option(
      names = "--labelmap",
      paramLabel = "FILE",
      description = "Where labels have names; default: /etc/xtables/connlabel.conf.")
  @Nullable Path labelMap;

  @Option(
      names = {"-w", "--zone"},
      paramLabel = "ZONE",
      description = "Zone of the flow or of a direction.")
  @Nullable String zone;

  @Option(names = "--orig-zone", paramLabel = "ZONE", description = "Zone of the original side.")
  @Nullable String originalZone;

  @Option(names = "--reply-zone", paramLabel = "ZONE", description = "Zone of the reply side.")
  @Nullable String replyZone;

  @Option(
      names = {"-n", "--src-nat"},
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "NETWORK",
      description = "Flows whose source is translated, to an address in NETWORK when given.")
  @Nullable String sourceNat;

  @Option(
      names = {"-g", "--dst-nat"},
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "NETWORK",
      description = "Flows whose destination is translated, to an address in NETWORK when given.")
  @Nullable String destinationNat;

  @Option(
      names = {"-j", "--any-nat"},
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "NETWORK",
      description = "Flows with any translation, to an address in NETWORK when given.")
  @Nullable String anyNat;

  @Option(names = "--id", paramLabel = "ID", description = "The kernel's id of the entry.")
  @Nullable String id;

  @Option(names = "--orig-vtag", paramLabel = "TAG", description = "SCTP tag, original side.")
  @Nullable String originalTag;

  @Option(names = "--reply-vtag", paramLabel = "TAG", description = "SCTP tag, reply side.")
  @Nullable String replyTag;

  FilterOptions() {}

  /**
   * Returns the filter that was asked for.
   *
   * @throws IllegalArgumentException when a value is wrong; the text names it
   * @throws IOException when the names of labels cannot be read
   */
  Filter filter() throws IOException {
    List<Condition> all = new ArrayList<>();
    address(all, FlowDirection.ORIGINAL, FlowEnd.SOURCE, source);
    address(all, FlowDirection.ORIGINAL, FlowEnd.DESTINATION, destination);
    address(all, FlowDirection.REPLY, FlowEnd.SOURCE, replySource);
    address(all, FlowDirection.REPLY, FlowEnd.DESTINATION, replyDestination);
    port(all, FlowDirection.ORIGINAL, FlowEnd.SOURCE, sourcePort);
    port(all, FlowDirection.ORIGINAL, FlowEnd.DESTINATION, destinationPort);
    port(all, FlowDirection.REPLY, FlowEnd.SOURCE, replySourcePort);
    port(all, FlowDirection.REPLY, FlowEnd.DESTINATION, replyDestinationPort);
    icmp(all, Condition.IcmpField.TYPE, icmpType);
    icmp(all, Condition.IcmpField.CODE, icmpCode);
    icmp(all, Condition.IcmpField.ID, icmpId);
    kinds(all);
    nat(all);
    zones(all);
    numbers(all);
    for (String word : status) {
      all.add(statusWord(word));
    }
    return new Filter(all);
  }

  private static void address(
      List<Condition> all, FlowDirection direction, FlowEnd end, @Nullable String text) {
    if (text != null) {
      all.add(new Condition.Address(direction, end, Prefix.parse(text)));
    }
  }

  private static void port(
      List<Condition> all, FlowDirection direction, FlowEnd end, @Nullable String text) {
    if (text != null) {
      all.add(new Condition.Port(direction, end, (int) Numbers.parse(text, 0xffff)));
    }
  }

  private static void icmp(List<Condition> all, Condition.IcmpField field, @Nullable String text) {
    if (text != null) {
      all.add(new Condition.IcmpNumber(field, (int) Numbers.parse(text, 0xffff)));
    }
  }

  private void kinds(List<Condition> all) {
    if (family != null) {
      all.add(
          new Condition.OfFamily(
              switch (family) {
                case "ipv4" -> AddressFamily.IPV4;
                case "ipv6" -> AddressFamily.IPV6;
                default -> throw new IllegalArgumentException("--family " + family);
              }));
    }
    if (protocol != null) {
      all.add(new Condition.OfProtocol(protocolNumber(protocol)));
    }
    if (state != null) {
      all.add(new Condition.InState(state.equals("LISTEN") ? "SYN_SENT2" : state));
    }
  }

  static int protocolNumber(String text) {
    int number = IpProtocol.number(text);
    if (number < 0) {
      throw new IllegalArgumentException("unknown protocol: " + text);
    }
    return number;
  }

  private void nat(List<Condition> all) {
    nat(all, Condition.NatKind.SOURCE, sourceNat);
    nat(all, Condition.NatKind.DESTINATION, destinationNat);
    nat(all, Condition.NatKind.ANY, anyNat);
  }

  private static void nat(List<Condition> all, Condition.NatKind kind, @Nullable String text) {
    if (text != null) {
      all.add(new Condition.Translated(kind, text.isEmpty() ? null : Prefix.parse(text)));
    }
  }

  /** Returns the names of labels. */
  LabelNames labelNames() throws IOException {
    Path file = labelMap;
    return file == null ? LabelNames.ofSystem() : LabelNames.read(file);
  }

  /** Returns the numbers of labels given by number or name. */
  int[] labelBits(List<String> texts) throws IOException {
    LabelNames names = texts.isEmpty() ? LabelNames.NONE : labelNames();
    return texts.stream().mapToInt(names::bit).toArray();
  }

  private void zones(List<Condition> all) {
    if (zone != null) {
      all.add(new Condition.InZone((int) Numbers.parse(zone, 0xffff)));
    }
    if (originalZone != null) {
      all.add(
          new Condition.DirectionInZone(
              FlowDirection.ORIGINAL, (int) Numbers.parse(originalZone, 0xffff)));
    }
    if (replyZone != null) {
      all.add(
          new Condition.DirectionInZone(
              FlowDirection.REPLY, (int) Numbers.parse(replyZone, 0xffff)));
    }
  }

  private void numbers(List<Condition> all) throws IOException {
    if (mark != null) {
      Numbers.Masked masked = Numbers.masked(mark);
      all.add(new Condition.Mark(masked.value() & masked.mask(), masked.mask()));
    }
    for (int label : labelBits(labels)) {
      all.add(new Condition.Label(label));
    }
    if (id != null) {
      all.add(new Condition.WithId(Numbers.parse(id, Numbers.MAX_U32)));
    }
    if (originalTag != null) {
      all.add(
          new Condition.VerificationTag(
              FlowDirection.ORIGINAL, Numbers.parse(originalTag, Numbers.MAX_U32)));
    }
    if (replyTag != null) {
      all.add(
          new Condition.VerificationTag(
              FlowDirection.REPLY, Numbers.parse(replyTag, Numbers.MAX_U32)));
    }
  }

  private static Condition statusWord(String text) {
    boolean negated = text.startsWith("!");
    String word = negated ? text.substring(1) : text;
    boolean unreplied = word.equalsIgnoreCase("UNREPLIED");
    int bit = unreplied ? Status.SEEN_REPLY : statusBit(word);
    return new Condition.StatusBits(negated == unreplied ? bit : 0, bit);
  }

  static int statusBit(String word) {
    int bit = Status.bit(word);
    if (bit == 0) {
      throw new IllegalArgumentException("unknown status: " + word);
    }
    return bit;
  }
}
