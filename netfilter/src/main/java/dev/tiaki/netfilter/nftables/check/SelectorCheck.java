package dev.tiaki.netfilter.nftables.check;

import dev.tiaki.netfilter.nftables.rule.CtKey;
import dev.tiaki.netfilter.nftables.rule.FibFlag;
import dev.tiaki.netfilter.nftables.rule.FibResult;
import dev.tiaki.netfilter.nftables.rule.IpsecKey;
import dev.tiaki.netfilter.nftables.rule.MetaKey;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import dev.tiaki.netfilter.nftables.rule.PayloadBase;
import dev.tiaki.netfilter.nftables.rule.RouteKey;
import dev.tiaki.netfilter.nftables.rule.Selector;
import dev.tiaki.netfilter.nftables.rule.SocketKey;
import dev.tiaki.netfilter.nftables.version.Feature;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Selectors: whether they exist, in this family, in this release, and of what type they are. */
final class SelectorCheck {
  private static final int LONGEST_PAYLOAD_BITS = 512;
  private static final int LONGEST_OPTION_BITS = 40 * 8;
  private static final long UNSIGNED_INT = 0xffff_ffffL;
  private static final Set<String> TUNNELS = Set.of("gre", "gretap", "vxlan", "geneve");
  private static final Set<CtKey> WITHOUT_DIRECTION =
      Set.of(
          CtKey.STATE,
          CtKey.DIRECTION,
          CtKey.STATUS,
          CtKey.MARK,
          CtKey.EXPIRATION,
          CtKey.HELPER,
          CtKey.LABEL,
          CtKey.ID,
          CtKey.EVENT,
          CtKey.SECMARK);
  private static final Set<CtKey> WITH_DIRECTION =
      Set.of(
          CtKey.IP_SADDR,
          CtKey.IP_DADDR,
          CtKey.IP6_SADDR,
          CtKey.IP6_DADDR,
          CtKey.SADDR,
          CtKey.DADDR,
          CtKey.PROTO_SRC,
          CtKey.PROTO_DST);

  private final Scope scope;

  SelectorCheck(Scope scope) {
    this.scope = scope;
  }

  Typed check(Selector selector, Pointer at) {
    return switch (selector) {
      case Selector.Payload payload -> payload(payload, at.at("payload"));
      case Selector.RawPayload raw -> rawPayload(raw, at.at("payload"));
      case Selector.ExtensionHeader header -> extensionHeader(header, at.at("exthdr"));
      case Selector.TcpOption(String option, String field) ->
          option("tcp option", option, field, at.at("tcp option"));
      case Selector.RawTcpOption raw -> rawTcpOption(raw, at.at("tcp option"));
      case Selector.IpOption(String option, String field) -> {
        scope.layers().needs("ip", at);
        yield option("ip option", option, field, at.at("ip option"));
      }
      case Selector.SctpChunk(String chunk, String field) ->
          option("sctp chunk", chunk, field, at.at("sctp chunk"));
      case Selector.DccpOption(int type) -> dccpOption(type, at.at("dccp option"));
      case Selector.Meta(MetaKey key) -> meta(key, at.at("meta").at("key"));
      case Selector.Ct ct -> connection(ct, at.at("ct"));
      case Selector.Route(RouteKey key, NftFamily family) -> route(key, family, at.at("rt"));
      case Selector.NumberGenerator(var _, long modulus, long offset) ->
          numbers(modulus, offset, at.at("numgen"));
      case Selector.JenkinsHash hash -> {
        Long seed = hash.seed();
        if (seed != null && (seed < 0 || seed > UNSIGNED_INT)) {
          throw new Refusal(at.at("jhash").at("seed"), "a number of 32 bits is expected");
        }
        yield numbers(hash.modulus(), hash.offset(), at.at("jhash"));
      }
      case Selector.SymmetricHash(long modulus, long offset) ->
          numbers(modulus, offset, at.at("symhash"));
      case Selector.Fib(FibResult result, List<FibFlag> flags) -> fib(result, flags, at.at("fib"));
      case Selector.Socket(SocketKey key) -> socket(key, at.at("socket").at("key"));
      case Selector.OsFingerprint(var key, var _) -> Fields.key("osf", key.word());
      case Selector.Ipsec ipsec -> ipsec(ipsec, at.at("ipsec"));
      case Selector.Tunnel(var key) -> {
        scope.need(Feature.TUNNEL, at);
        yield Fields.key("tunnel", key.word());
      }
    };
  }

  private Typed payload(Selector.Payload payload, Pointer at) {
    Fields.Field field = Fields.header("payload", payload.protocol(), payload.field());
    if (!Fields.isHeader("payload", payload.protocol())) {
      throw unknown("header", payload.protocol(), at.at("protocol"));
    }
    if (field == null || !scope.version().isAtLeast(field.since())) {
      throw unknown("field of " + payload.protocol(), payload.field(), at.at("field"));
    }
    String tunnel = payload.tunnel();
    if (tunnel == null) {
      scope.layers().header(payload.protocol(), at);
    } else {
      scope.need(Feature.INNER_HEADERS, at.at("tunnel"));
      if (!TUNNELS.contains(tunnel)) {
        throw unknown("tunnel", tunnel, at.at("tunnel"));
      }
    }
    return Typed.runtime(field.type(), field.bits());
  }

  private static Refusal unknown(String what, String name, Pointer at) {
    return new Refusal(at, "unknown " + what + " \"" + Symbols.shown(name) + "\"");
  }

  private static Typed rawPayload(Selector.RawPayload raw, Pointer at) {
    if (raw.lengthBits() < 1 || raw.lengthBits() > LONGEST_PAYLOAD_BITS) {
      throw new Refusal(at.at("len"), "1 to 512 bits are expected, not " + raw.lengthBits());
    }
    if (raw.offsetBits() < 0 || raw.offsetBits() > 0xffff) {
      throw new Refusal(at.at("offset"), "0 to 65535 bits are expected, not " + raw.offsetBits());
    }
    return Typed.runtime(known(raw), raw.lengthBits());
  }

  /** Ports have a type even when they are named by their place. */
  private static Datatype known(Selector.RawPayload raw) {
    boolean isPort =
        raw.base() == PayloadBase.TH
            && raw.lengthBits() == 16
            && (raw.offsetBits() == 0 || raw.offsetBits() == 16);
    return isPort ? Datatypes.SERVICE : Datatypes.INTEGER;
  }

  private Typed extensionHeader(Selector.ExtensionHeader header, Pointer at) {
    if (!Fields.isHeader("exthdr", header.header())) {
      throw unknown("extension header", header.header(), at.at("name"));
    }
    scope.layers().needs("ip6", at);
    String field = header.field();
    if (header.header().equals("rt0") && field != null && header.offset() == null) {
      throw new Refusal(at, "property \"offset\" is missing: fields of rt0 need it");
    }
    if (!header.header().equals("rt0") && header.offset() != null) {
      throw new Refusal(at.at("offset"), "only fields of rt0 have an offset");
    }
    return field == null
        ? Typed.runtime(Datatypes.BOOLEAN, 1)
        : field("exthdr", header.header(), field, at);
  }

  private Typed option(String kind, String name, @Nullable String field, Pointer at) {
    if (!Fields.isHeader(kind, name)) {
      throw unknown(kind, name, at.at("name"));
    }
    return field == null ? Typed.runtime(Datatypes.BOOLEAN, 1) : field(kind, name, field, at);
  }

  private Typed field(String kind, String name, String field, Pointer at) {
    Fields.Field found = Fields.header(kind, name, field);
    if (found == null) {
      throw unknown("field of " + name, field, at.at("field"));
    }
    boolean hasNames =
        !found.type().name().equals("mptcp_subtype") || Feature.MPTCP_NAMES.isIn(scope.version());
    return Typed.runtime(hasNames ? found.type() : Datatypes.INTEGER, found.bits());
  }

  private static Typed rawTcpOption(Selector.RawTcpOption raw, Pointer at) {
    if (raw.kind() < 0 || raw.kind() > 255) {
      throw new Refusal(at.at("base"), "an option has a number from 0 to 255");
    }
    if (raw.offsetBits() < 0
        || raw.lengthBits() < 0
        || raw.offsetBits() + raw.lengthBits() > LONGEST_OPTION_BITS) {
      throw new Refusal(at, "an option has 320 bits at most");
    }
    boolean isPresence = raw.offsetBits() == 0 && raw.lengthBits() == 8;
    return isPresence
        ? Typed.runtime(Datatypes.BOOLEAN, 1)
        : Typed.runtime(Datatypes.INTEGER, raw.lengthBits());
  }

  private Typed dccpOption(int type, Pointer at) {
    scope.need(Feature.DCCP_OPTION, at);
    if (type < 0 || type > 255) {
      throw new Refusal(at.at("type"), "an option has a number from 0 to 255");
    }
    return Typed.runtime(Datatypes.BOOLEAN, 1);
  }

  private Typed meta(MetaKey key, Pointer at) {
    if (key == MetaKey.BROUTE) {
      scope.need(Feature.BROUTE, at);
    }
    if (key == MetaKey.IBRHWADDR) {
      scope.need(Feature.BRIDGE_ADDRESS, at);
    }
    return Fields.key("meta", key.word());
  }

  private Typed connection(Selector.Ct ct, Pointer at) {
    boolean hasDirection = ct.direction() != null;
    if (ct.key() == CtKey.COUNT) {
      throw new Refusal(at.at("key"), "count is a statement");
    }
    if (hasDirection && WITHOUT_DIRECTION.contains(ct.key())) {
      throw new Refusal(at.at("dir"), "\"" + ct.key().word() + "\" has no direction");
    }
    if (!hasDirection && WITH_DIRECTION.contains(ct.key())) {
      throw new Refusal(at, "\"" + ct.key().word() + "\" needs a direction");
    }
    return switch (ct.key()) {
      case IP_SADDR, IP_DADDR -> address("ip", ct.key(), at);
      case IP6_SADDR, IP6_DADDR -> address("ip6", ct.key(), at);
      case SADDR, DADDR -> addressOfFamily(at);
      case PROTO_SRC, PROTO_DST -> {
        if (!scope.layers().hasTransport()) {
          throw new Refusal(at, "a port is known only after a match of the protocol");
        }
        yield Fields.key("ct", ct.key().word());
      }
      default -> Fields.key("ct", ct.key().word());
    };
  }

  private Typed address(String family, CtKey key, Pointer at) {
    String network = scope.layers().network();
    if (network != null && !network.equals(family)) {
      throw new Refusal(at, "conflicting protocols: " + network + " and " + family);
    }
    return Fields.key("ct", key.word());
  }

  private Typed addressOfFamily(Pointer at) {
    return typedAddress(scope.layers().network(), at, "use \"ip saddr\" or \"ip6 saddr\"");
  }

  private static Typed typedAddress(@Nullable String family, Pointer at, String instead) {
    if ("ip".equals(family)) {
      return Typed.runtime(Datatypes.IPV4, 32);
    }
    if ("ip6".equals(family)) {
      return Typed.runtime(Datatypes.IPV6, 128);
    }
    throw new Refusal(at, "the family of the address is not known: " + instead);
  }

  private Typed route(RouteKey key, @Nullable NftFamily family, Pointer at) {
    if (family != null && family != NftFamily.IP && family != NftFamily.IP6) {
      throw new Refusal(at.at("family"), "ip or ip6 is expected");
    }
    if (key != RouteKey.NEXTHOP) {
      return Fields.key("rt", key.word());
    }
    String known = family == null ? scope.layers().network() : family.word();
    boolean isOther =
        (scope.family() == NftFamily.IP || scope.family() == NftFamily.IP6)
            && !scope.family().word().equals(known);
    if (isOther) {
      throw new Refusal(at.at("family"), "the table has no such packets");
    }
    return typedAddress(known, at, "property \"family\" is missing");
  }

  private static Typed numbers(long modulus, long offset, Pointer at) {
    if (modulus < 1 || modulus > UNSIGNED_INT) {
      throw new Refusal(at.at("mod"), "1 to 4294967295 is expected, not " + modulus);
    }
    if (offset < 0 || offset + modulus > UNSIGNED_INT) {
      throw new Refusal(at.at("offset"), "the values do not fit 32 bits");
    }
    return Typed.runtime(Datatypes.INTEGER, 32);
  }

  private Typed fib(FibResult result, List<FibFlag> flags, Pointer at) {
    if (result == FibResult.CHECK) {
      scope.need(Feature.FIB_CHECK, at.at("result"));
    }
    boolean isSource = flags.contains(FibFlag.SADDR);
    if (isSource == flags.contains(FibFlag.DADDR)) {
      throw new Refusal(at.at("flags"), "one of saddr and daddr is expected");
    }
    if (flags.contains(FibFlag.IIF) && flags.contains(FibFlag.OIF)) {
      throw new Refusal(at.at("flags"), "iif and oif exclude each other");
    }
    return Fields.key("fib", result.word());
  }

  private static Typed socket(SocketKey key, Pointer at) {
    if (key == SocketKey.CGROUPV2) {
      throw new Refusal(at, "cgroupv2 is listed but not read in JSON");
    }
    return Fields.key("socket", key.word());
  }

  private Typed ipsec(Selector.Ipsec ipsec, Pointer at) {
    if (ipsec.number() < 0 || ipsec.number() > 255) {
      throw new Refusal(at.at("spnum"), "0 to 255 is expected, not " + ipsec.number());
    }
    boolean isAddress = ipsec.key() == IpsecKey.SADDR || ipsec.key() == IpsecKey.DADDR;
    if (!isAddress) {
      return Fields.key("ipsec", ipsec.key().word());
    }
    NftFamily family = ipsec.family();
    return typedAddress(
        family == null ? scope.layers().network() : family.word(),
        at,
        "property \"family\" is missing");
  }
}
