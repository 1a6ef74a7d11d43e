package dev.tiaki.netfilter.nftables.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiaki.netfilter.nftables.check.Refusal;
import dev.tiaki.netfilter.nftables.model.Identity;
import dev.tiaki.netfilter.nftables.model.NftObject;
import dev.tiaki.netfilter.nftables.model.ObjectKind;
import dev.tiaki.netfilter.nftables.model.StatefulObject;
import dev.tiaki.netfilter.nftables.rule.LimitPeriod;
import dev.tiaki.netfilter.nftables.rule.LimitUnit;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import dev.tiaki.netfilter.nftables.rule.SynProxyFlag;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stateful objects from JSON. */
final class StatefulObjectReader {
  NftObject read(ObjectKind kind, Fields fields) {
    Identity identity = ObjectReader.identity(fields);
    String comment = fields.optionalText("comment");
    return switch (kind) {
      case COUNTER ->
          new StatefulObject.Counter(
              identity,
              fields.optionalNumber("packets"),
              fields.optionalNumber("bytes"),
              comment,
              fields.finish());
      case QUOTA ->
          new StatefulObject.Quota(
              identity,
              fields.optionalNumber("bytes"),
              fields.optionalNumber("used"),
              fields.isTrue("inv"),
              comment,
              fields.finish());
      case LIMIT -> limit(identity, fields, comment);
      case CT_HELPER ->
          new StatefulObject.CtHelper(
              identity,
              fields.text("type"),
              fields.text("protocol"),
              fields.optionalWord("l3proto", NftFamily.class),
              comment,
              fields.finish());
      case CT_TIMEOUT ->
          new StatefulObject.CtTimeout(
              identity,
              fields.text("protocol"),
              fields.optionalWord("l3proto", NftFamily.class),
              policy(fields),
              comment,
              fields.finish());
      case CT_EXPECTATION -> expectation(identity, fields, comment);
      case SYNPROXY ->
          new StatefulObject.SynProxy(
              identity,
              fields.integer("mss"),
              fields.integer("wscale"),
              FlagList.optional(fields, "flags", SynProxyFlag.class),
              comment,
              fields.finish());
      case SECMARK ->
          new StatefulObject.SecurityMark(
              identity, fields.optionalText("context"), comment, fields.finish());
      case TUNNEL -> tunnel(identity, fields, comment);
      case TABLE, CHAIN, RULE, SET, MAP, ELEMENT, FLOWTABLE ->
          throw new IllegalArgumentException("kind=" + kind);
    };
  }

  private static NftObject limit(Identity identity, Fields fields, @Nullable String comment) {
    return new StatefulObject.Limit(
        identity,
        fields.number("rate"),
        StateReader.or(fields.optionalWord("rate_unit", LimitUnit.class), LimitUnit.PACKETS),
        fields.word("per", LimitPeriod.class),
        fields.optionalNumber("burst"),
        StateReader.or(fields.optionalWord("burst_unit", LimitUnit.class), LimitUnit.BYTES),
        fields.isTrue("inv"),
        comment,
        fields.finish());
  }

  private static NftObject expectation(Identity identity, Fields fields, @Nullable String comment) {
    return new StatefulObject.CtExpectation(
        identity,
        fields.text("protocol"),
        fields.optionalWord("l3proto", NftFamily.class),
        fields.optionalInteger("dport"),
        fields.optionalNumber("timeout"),
        fields.optionalInteger("size"),
        comment,
        fields.finish());
  }

  /** nftables 1.0.6 lists null for a policy of defaults. */
  private static @Nullable Map<String, Long> policy(Fields fields) {
    JsonNode policy = fields.optional("policy");
    if (policy == null || policy.isNull()) {
      return null;
    }
    if (!policy.isObject()) {
      throw new Refusal(fields.at("policy"), "an object is expected, not " + Fields.kind(policy));
    }
    Map<String, Long> seconds = new LinkedHashMap<>();
    policy
        .properties()
        .forEach(entry -> {
          if (!entry.getValue().canConvertToLong() || !entry.getValue().isIntegralNumber()) {
            throw new Refusal(
                fields.at("policy").at(entry.getKey()), "a number of seconds is expected");
          }
          seconds.put(entry.getKey(), entry.getValue().longValue());
        });
    return seconds;
  }

  /** The other properties stay as they are; the check of documents knows their names. */
  private static NftObject tunnel(Identity identity, Fields fields, @Nullable String comment) {
    return new StatefulObject.Tunnel(identity, fields.optionalNumber("id"), comment, fields.rest());
  }
}
