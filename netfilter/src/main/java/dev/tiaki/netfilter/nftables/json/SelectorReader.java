package dev.tiaki.netfilter.nftables.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiaki.netfilter.nftables.check.Pointer;
import dev.tiaki.netfilter.nftables.check.Refusal;
import dev.tiaki.netfilter.nftables.rule.CtKey;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.FibFlag;
import dev.tiaki.netfilter.nftables.rule.FibResult;
import dev.tiaki.netfilter.nftables.rule.FingerprintKey;
import dev.tiaki.netfilter.nftables.rule.FingerprintTtl;
import dev.tiaki.netfilter.nftables.rule.FlowDirection;
import dev.tiaki.netfilter.nftables.rule.GeneratorMode;
import dev.tiaki.netfilter.nftables.rule.IpsecDirection;
import dev.tiaki.netfilter.nftables.rule.IpsecKey;
import dev.tiaki.netfilter.nftables.rule.MetaKey;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import dev.tiaki.netfilter.nftables.rule.PayloadBase;
import dev.tiaki.netfilter.nftables.rule.RouteKey;
import dev.tiaki.netfilter.nftables.rule.Selector;
import dev.tiaki.netfilter.nftables.rule.SocketKey;
import dev.tiaki.netfilter.nftables.rule.TunnelKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Selectors from JSON: what is known only as a packet passes. */
final class SelectorReader {
  private final boolean isStrict;
  private final ExpressionReader expressions;

  SelectorReader(boolean isStrict, ExpressionReader expressions) {
    this.isStrict = isStrict;
    this.expressions = expressions;
  }

  Expression read(String key, JsonNode value, Pointer at) {
    Fields fields = fields(key, value, at);
    Expression selector =
        switch (key) {
          case "payload" -> payload(fields);
          case "exthdr" -> extensionHeader(fields);
          case "tcp option" -> tcpOption(fields);
          case "ip option" ->
              new Selector.IpOption(fields.text("name"), fields.optionalText("field"));
          case "sctp chunk" ->
              new Selector.SctpChunk(fields.text("name"), fields.optionalText("field"));
          case "dccp option" -> new Selector.DccpOption(fields.integer("type"));
          case "meta" -> new Selector.Meta(fields.word("key", MetaKey.class));
          case "rt" ->
              new Selector.Route(
                  fields.word("key", RouteKey.class),
                  fields.optionalWord("family", NftFamily.class));
          case "ct" ->
              new Selector.Ct(
                  fields.word("key", CtKey.class), fields.optionalWord("dir", FlowDirection.class));
          case "numgen" ->
              new Selector.NumberGenerator(
                  fields.word("mode", GeneratorMode.class),
                  fields.number("mod"),
                  orZero(fields.optionalNumber("offset")));
          case "jhash" -> jenkinsHash(fields);
          case "symhash" ->
              new Selector.SymmetricHash(
                  fields.number("mod"), orZero(fields.optionalNumber("offset")));
          case "fib" -> fib(fields);
          case "socket" -> new Selector.Socket(fields.word("key", SocketKey.class));
          case "osf" ->
              new Selector.OsFingerprint(
                  fields.word("key", FingerprintKey.class),
                  fields.optionalWord("ttl", FingerprintTtl.class));
          case "ipsec" -> ipsec(fields);
          case "tunnel" -> new Selector.Tunnel(fields.word("key", TunnelKey.class));
          default -> throw unknown(key, at);
        };
    fields.finishWholly();
    return selector;
  }

  private Fields fields(String key, JsonNode value, Pointer at) {
    if (!value.isObject() && !isKnown(key)) {
      throw unknown(key, at);
    }
    return new Fields(value, at, isStrict);
  }

  private static boolean isKnown(String key) {
    return switch (key) {
      case "payload", "exthdr", "tcp option", "ip option", "sctp chunk", "dccp option", "meta" ->
          true;
      case "rt", "ct", "numgen", "jhash", "symhash", "fib", "socket", "osf", "ipsec", "tunnel" ->
          true;
      default -> false;
    };
  }

  private static Refusal unknown(String key, Pointer at) {
    return new Refusal(at, "unknown expression \"" + Raw.shown(key) + "\"");
  }

  private static long orZero(@Nullable Long number) {
    return number == null ? 0 : number;
  }

  private static Expression payload(Fields fields) {
    if (fields.has("base")) {
      return new Selector.RawPayload(
          fields.word("base", PayloadBase.class), fields.integer("offset"), fields.integer("len"));
    }
    return new Selector.Payload(
        fields.text("protocol"), fields.text("field"), fields.optionalText("tunnel"));
  }

  private static Expression extensionHeader(Fields fields) {
    return new Selector.ExtensionHeader(
        fields.text("name"), fields.optionalText("field"), fields.optionalInteger("offset"));
  }

  private static Expression tcpOption(Fields fields) {
    if (fields.has("base")) {
      return new Selector.RawTcpOption(
          fields.integer("base"), fields.integer("offset"), fields.integer("len"));
    }
    return new Selector.TcpOption(fields.text("name"), fields.optionalText("field"));
  }

  private Expression jenkinsHash(Fields fields) {
    long modulus = fields.number("mod");
    Expression hashed = expressions.read(fields.required("expr"), fields.at("expr"));
    Long seed = fields.optionalNumber("seed");
    return new Selector.JenkinsHash(modulus, hashed, seed, orZero(fields.optionalNumber("offset")));
  }

  private static Expression fib(Fields fields) {
    FibResult result = fields.word("result", FibResult.class);
    List<FibFlag> flags = FlagList.required(fields, "flags", FibFlag.class);
    return new Selector.Fib(result, flags);
  }

  private static Expression ipsec(Fields fields) {
    Integer number = fields.optionalInteger("spnum");
    return new Selector.Ipsec(
        fields.word("key", IpsecKey.class),
        fields.optionalWord("family", NftFamily.class),
        fields.word("dir", IpsecDirection.class),
        number == null ? 0 : number);
  }
}
