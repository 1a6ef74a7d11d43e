package dev.tiaki.netfilter.nftables.dsl;

import dev.tiaki.netfilter.nftables.rule.Action;
import dev.tiaki.netfilter.nftables.rule.Composite;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.LimitPeriod;
import dev.tiaki.netfilter.nftables.rule.LimitUnit;
import dev.tiaki.netfilter.nftables.rule.NatKind;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import dev.tiaki.netfilter.nftables.rule.ObjectType;
import dev.tiaki.netfilter.nftables.rule.QueueFlag;
import dev.tiaki.netfilter.nftables.rule.RejectType;
import dev.tiaki.netfilter.nftables.rule.SetOperation;
import dev.tiaki.netfilter.nftables.rule.State;
import dev.tiaki.netfilter.nftables.rule.Statement;
import dev.tiaki.netfilter.nftables.rule.Verdict;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The words of rules, to be imported statically: {@code tcp().dport().eq(22)}, {@code
 * ct().mark().and(0xffL).set(…)}, {@code accept()}.
 */
public final class Nft {
  private Nft() {}

  /** Returns the fields of TCP. */
  public static Headers.Tcp tcp() {
    return new Headers.Tcp();
  }

  /** Returns the fields of UDP. */
  public static Headers.Ports udp() {
    return new Headers.Ports("udp");
  }

  /** Returns the fields of SCTP. */
  public static Headers.Ports sctp() {
    return new Headers.Ports("sctp");
  }

  /** Returns the ports of whatever the transport protocol is. */
  public static Headers.Ports th() {
    return new Headers.Ports("th");
  }

  /** Returns the fields of IPv4. */
  public static Headers.Ip ip() {
    return new Headers.Ip();
  }

  /** Returns the fields of IPv6. */
  public static Headers.Ip6 ip6() {
    return new Headers.Ip6();
  }

  /** Returns the fields of ICMP. */
  public static Headers.Icmp icmp() {
    return new Headers.Icmp("icmp");
  }

  /** Returns the fields of ICMPv6. */
  public static Headers.Icmp icmpv6() {
    return new Headers.Icmp("icmpv6");
  }

  /** Returns the fields of Ethernet. */
  public static Headers.Ether ether() {
    return new Headers.Ether();
  }

  /** Returns the metadata of the packet. */
  public static Surroundings.Meta meta() {
    return new Surroundings.Meta();
  }

  /** Returns the connection of the packet. */
  public static Surroundings.Ct ct() {
    return new Surroundings.Ct();
  }

  /** Lets the packet pass this hook. */
  public static Verdict accept() {
    return Verdict.Simple.ACCEPT;
  }

  /** Drops the packet. */
  public static Verdict drop() {
    return Verdict.Simple.DROP;
  }

  /** Goes back to the calling chain. */
  public static Verdict returning() {
    return Verdict.Simple.RETURN;
  }

  /** Runs a chain and goes on. */
  public static Verdict jump(String chain) {
    return new Verdict.Jump(chain);
  }

  /** Runs a chain instead of this one. */
  public static Verdict goTo(String chain) {
    return new Verdict.Goto(chain);
  }

  /** Counts. */
  public static Statement counter() {
    return new State.Counter(new State.Totals(0, 0));
  }

  /** Counts in the counter of this name. */
  public static Statement counter(String name) {
    return new State.ObjectUse(ObjectType.COUNTER, Values.text(name));
  }

  /** Matches as long as no more packets come in a period, with 5 more at once. */
  public static Statement limit(long packets, LimitPeriod period) {
    return new State.Limit(packets, LimitUnit.PACKETS, period, null, LimitUnit.BYTES, false);
  }

  /** Matches what exceeds a rate of packets. */
  public static Statement limitOver(long packets, LimitPeriod period) {
    return new State.Limit(packets, LimitUnit.PACKETS, period, null, LimitUnit.BYTES, true);
  }

  /** Writes a line to the kernel's log. */
  public static Statement log(String prefix) {
    return new Action.Log(prefix, null, null, null, null, List.of());
  }

  /** Refuses the packet: port unreachable. */
  public static Statement reject() {
    return new Action.Reject(null, null);
  }

  /** Refuses the packet with a TCP reset. */
  public static Statement resetConnection() {
    return new Action.Reject(RejectType.TCP_RESET, null);
  }

  /** Hands the packet to the program that listens on a queue. */
  public static Statement queue(int number, QueueFlag... flags) {
    return new Action.Queue(Headers.checkedPort(number), List.of(flags));
  }

  /** Leaves the packet out of connection tracking. */
  public static Statement notrack() {
    return new Action.NoTrack();
  }

  /** Gives the source an address of the outgoing device. */
  public static Statement masquerade() {
    return nat(NatKind.MASQUERADE, null, null, null);
  }

  /** Gives the source this address. */
  public static Statement snat(InetAddress address) {
    return nat(NatKind.SNAT, family(address), Values.address(address), null);
  }

  /** Gives the destination this address. */
  public static Statement dnat(InetAddress address) {
    return nat(NatKind.DNAT, family(address), Values.address(address), null);
  }

  /** Gives the destination this address and port. */
  public static Statement dnat(InetAddress address, int port) {
    return nat(NatKind.DNAT, family(address), Values.address(address), Headers.checkedPort(port));
  }

  /** Gives the destination the address that a map has. */
  public static Statement dnat(NftFamily family, Expression map) {
    return nat(NatKind.DNAT, family, map, null);
  }

  /** Sends the packet to a port of this host. */
  public static Statement redirect(int port) {
    return nat(NatKind.REDIRECT, null, null, Headers.checkedPort(port));
  }

  private static NftFamily family(InetAddress address) {
    return address instanceof Inet4Address ? NftFamily.IP : NftFamily.IP6;
  }

  private static Statement nat(
      NatKind kind,
      @Nullable NftFamily family,
      @Nullable Expression address,
      @Nullable Expression port) {
    return new Action.Nat(kind, family, address, port, List.of(), List.of());
  }

  /** Returns several terms side by side, for sets of such keys. */
  public static Term<List<Expression>> concat(Term<?>... terms) {
    return new Term<>(
        new Composite.Concatenation(Arrays.stream(terms).map(Term::expression).toList()),
        Composite.Concatenation::new);
  }

  /** Adds what the packet has to a set, or starts its timeout anew. */
  public static Statement update(String set, Term<?> element) {
    return new Action.SetUpdate(SetOperation.UPDATE, element.expression(), set, List.of());
  }

  /** Adds what the packet has to a set, for so long. */
  public static Statement update(String set, Term<?> element, Duration timeout) {
    return new Action.SetUpdate(
        SetOperation.UPDATE,
        Composite.Element.of(element.expression(), timeout.toSeconds()),
        set,
        List.of());
  }
}
