package dev.tiaki.netfilter.nftables.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiaki.netfilter.nftables.check.Pointer;
import dev.tiaki.netfilter.nftables.check.Refusal;
import dev.tiaki.netfilter.nftables.rule.Action;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.LogFlag;
import dev.tiaki.netfilter.nftables.rule.LogLevel;
import dev.tiaki.netfilter.nftables.rule.NatFlag;
import dev.tiaki.netfilter.nftables.rule.NatKind;
import dev.tiaki.netfilter.nftables.rule.NatTypeFlag;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import dev.tiaki.netfilter.nftables.rule.QueueFlag;
import dev.tiaki.netfilter.nftables.rule.RejectType;
import dev.tiaki.netfilter.nftables.rule.Statement;
import dev.tiaki.netfilter.nftables.rule.SynProxyFlag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements that act on the packet, from JSON. No fields at all mean null. */
final class ActionReader {
  private final ExpressionReader expressions;

  ActionReader(ExpressionReader expressions) {
    this.expressions = expressions;
  }

  private Expression expression(Fields fields, String key) {
    return expressions.read(fields.required(key), fields.at(key));
  }

  private @Nullable Expression optional(Fields fields, String key) {
    return fields.has(key) ? expression(fields, key) : null;
  }

  Statement mangle(Fields fields) {
    Statement mangle = new Action.Mangle(expression(fields, "key"), expression(fields, "value"));
    fields.finishWholly();
    return mangle;
  }

  /** nftables passes over the value. */
  static Statement noTrack(JsonNode value, Pointer at) {
    if (!value.isNull() && !value.isBoolean() && !value.isEmpty()) {
      throw new Refusal(at, "null is expected, not " + Fields.kind(value));
    }
    return new Action.NoTrack();
  }

  Statement forward(Fields fields) {
    Statement forward =
        new Action.Forward(
            expression(fields, "dev"),
            fields.optionalWord("family", NftFamily.class),
            optional(fields, "addr"));
    fields.finishWholly();
    return forward;
  }

  Statement duplicate(Fields fields) {
    Statement duplicate = new Action.Duplicate(expression(fields, "addr"), optional(fields, "dev"));
    fields.finishWholly();
    return duplicate;
  }

  Statement nat(NatKind kind, @Nullable Fields fields) {
    if (fields == null) {
      return new Action.Nat(kind, null, null, null, List.of(), List.of());
    }
    boolean hasAddress = kind == NatKind.SNAT || kind == NatKind.DNAT;
    Statement nat =
        new Action.Nat(
            kind,
            hasAddress ? fields.optionalWord("family", NftFamily.class) : null,
            hasAddress ? optional(fields, "addr") : null,
            optional(fields, "port"),
            FlagList.optional(fields, "flags", NatFlag.class),
            hasAddress ? FlagList.optional(fields, "type_flags", NatTypeFlag.class) : List.of());
    fields.finishWholly();
    return nat;
  }

  Statement reject(@Nullable Fields fields) {
    if (fields == null) {
      return new Action.Reject(null, null);
    }
    Statement reject =
        new Action.Reject(fields.optionalWord("type", RejectType.class), optional(fields, "expr"));
    fields.finishWholly();
    return reject;
  }

  static Statement log(@Nullable Fields fields) {
    if (fields == null) {
      return new Action.Log(null, null, null, null, null, List.of());
    }
    Statement log =
        new Action.Log(
            fields.optionalText("prefix"),
            fields.optionalInteger("group"),
            fields.optionalNumber("snaplen"),
            fields.optionalInteger("queue-threshold"),
            fields.optionalWord("level", LogLevel.class),
            FlagList.optional(fields, "flags", LogFlag.class));
    fields.finishWholly();
    return log;
  }

  Statement queue(@Nullable Fields fields) {
    if (fields == null) {
      return new Action.Queue(null, List.of());
    }
    Statement queue =
        new Action.Queue(
            optional(fields, "num"), FlagList.optional(fields, "flags", QueueFlag.class));
    fields.finishWholly();
    return queue;
  }

  static Statement flow(Fields fields) {
    String operation = fields.text("op");
    String name = fields.text("flowtable");
    fields.finishWholly();
    if (!operation.equals("add")) {
      throw new Refusal(fields.at("op"), "\"add\" is the only operation");
    }
    if (!name.startsWith("@") || name.length() < 2) {
      throw new Refusal(fields.at("flowtable"), "a reference is expected: \"@name\"");
    }
    return new Action.FlowOffload(name.substring(1));
  }

  Statement transparentProxy(Fields fields) {
    Statement proxy =
        new Action.TransparentProxy(
            fields.optionalWord("family", NftFamily.class),
            optional(fields, "addr"),
            optional(fields, "port"));
    fields.finishWholly();
    return proxy;
  }

  Statement synProxy(@Nullable Fields fields) {
    if (fields == null) {
      return new Action.SynProxy(null, null, List.of());
    }
    Statement proxy =
        new Action.SynProxy(
            fields.optionalInteger("mss"),
            fields.optionalInteger("wscale"),
            FlagList.optional(fields, "flags", SynProxyFlag.class));
    fields.finishWholly();
    return proxy;
  }

  Statement resetOption(JsonNode value, Pointer at) {
    return new Action.ResetOption(expressions.read(value, at));
  }
}
