package dev.tiaki.netfilter.nftables.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiaki.netfilter.nftables.check.Pointer;
import dev.tiaki.netfilter.nftables.check.Refusal;
import dev.tiaki.netfilter.nftables.rule.Action;
import dev.tiaki.netfilter.nftables.rule.Comparison;
import dev.tiaki.netfilter.nftables.rule.Condition;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.NatKind;
import dev.tiaki.netfilter.nftables.rule.ObjectType;
import dev.tiaki.netfilter.nftables.rule.RawStatement;
import dev.tiaki.netfilter.nftables.rule.SetOperation;
import dev.tiaki.netfilter.nftables.rule.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Statements from JSON. */
final class StatementReader {
  static final List<String> STATE_KEYS = List.of("counter", "quota", "limit", "last", "ct count");

  private final boolean isStrict;
  private final ExpressionReader expressions;
  private final StateReader states;
  private final ActionReader actions;

  StatementReader(boolean isStrict) {
    this.isStrict = isStrict;
    this.expressions = new ExpressionReader(isStrict, this);
    this.states = new StateReader(isStrict, expressions);
    this.actions = new ActionReader(expressions);
  }

  ExpressionReader expressions() {
    return expressions;
  }

  /** Returns the statements of an array. */
  List<Statement> list(JsonNode array, Pointer at) {
    if (!array.isArray()) {
      throw new Refusal(at, "an array is expected, not " + Fields.kind(array));
    }
    List<Statement> statements = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      statements.add(read(array.get(i), at.at(i)));
    }
    return statements;
  }

  /** Returns the statement; leniently, one that is not known is kept as it is. */
  Statement read(JsonNode node, Pointer at) {
    if (isStrict) {
      return typed(node, at);
    }
    try {
      return typed(node, at);
    } catch (Refusal _) {
      return new RawStatement(Raw.of(node));
    }
  }

  private Statement typed(JsonNode node, Pointer at) {
    if (!node.isObject() || node.size() != 1) {
      throw new Refusal(at, "a statement is an object with exactly one key");
    }
    Map.Entry<String, JsonNode> only = node.properties().iterator().next();
    return keyed(only.getKey(), only.getValue(), at.at(only.getKey()));
  }

  /** Returns the statement of this key. */
  Statement keyed(String key, JsonNode value, Pointer at) {
    return switch (key) {
      case "accept", "drop", "continue", "return", "jump", "goto" ->
          ExpressionReader.verdict(key, value, at, isStrict);
      case "match" -> match(fields(value, at));
      case "vmap" -> verdictMap(fields(value, at));
      case "xt" -> xtables(fields(value, at));
      case "counter" -> states.counter(value, at);
      case "quota" -> states.quota(value, at);
      case "limit" -> states.limit(value, at);
      case "last" -> states.lastUsed(value, at);
      case "ct count" -> states.connectionCount(fields(value, at));
      case "ct helper" -> states.use(ObjectType.CT_HELPER, value, at);
      case "ct timeout" -> states.use(ObjectType.CT_TIMEOUT, value, at);
      case "ct expectation" -> states.use(ObjectType.CT_EXPECTATION, value, at);
      case "secmark" -> states.use(ObjectType.SECMARK, value, at);
      case "tunnel" -> states.use(ObjectType.TUNNEL, value, at);
      case "synproxy" ->
          value.isTextual() || value.has("map")
              ? states.use(ObjectType.SYNPROXY, value, at)
              : actions.synProxy(optional(value, at));
      default -> action(key, value, at);
    };
  }

  private Statement action(String key, JsonNode value, Pointer at) {
    return switch (key) {
      case "mangle" -> actions.mangle(fields(value, at));
      case "notrack" -> ActionReader.noTrack(value, at);
      case "fwd" -> actions.forward(fields(value, at));
      case "dup" -> actions.duplicate(fields(value, at));
      case "snat" -> actions.nat(NatKind.SNAT, fields(value, at));
      case "dnat" -> actions.nat(NatKind.DNAT, fields(value, at));
      case "masquerade" -> actions.nat(NatKind.MASQUERADE, optional(value, at));
      case "redirect" -> actions.nat(NatKind.REDIRECT, optional(value, at));
      case "reject" -> actions.reject(optional(value, at));
      case "log" -> ActionReader.log(optional(value, at));
      case "queue" -> actions.queue(optional(value, at));
      case "set" -> setUpdate(fields(value, at));
      case "map" -> mapUpdate(fields(value, at));
      case "meter" -> meter(fields(value, at));
      case "flow" -> ActionReader.flow(fields(value, at));
      case "tproxy" -> actions.transparentProxy(fields(value, at));
      case "reset" -> actions.resetOption(value, at);
      default -> throw new Refusal(at, "unknown statement \"" + Raw.shown(key) + "\"");
    };
  }

  private Fields fields(JsonNode value, Pointer at) {
    return new Fields(value, at, isStrict);
  }

  /** Returns no fields for null: everything has its default. */
  private @Nullable Fields optional(JsonNode value, Pointer at) {
    return value.isNull() ? null : new Fields(value, at, isStrict);
  }

  private Expression expression(Fields fields, String key) {
    return expressions.read(fields.required(key), fields.at(key));
  }

  private Statement match(Fields fields) {
    Comparison comparison = fields.word("op", Comparison.class);
    Expression left = expression(fields, "left");
    Expression right = expression(fields, "right");
    fields.finishWholly();
    return new Condition.Match(comparison, left, right);
  }

  private Statement verdictMap(Fields fields) {
    Statement map = new Condition.VerdictMap(expression(fields, "key"), expression(fields, "data"));
    fields.finishWholly();
    return map;
  }

  private static Statement xtables(Fields fields) {
    Statement xtables = new Condition.Xtables(fields.text("type"), fields.text("name"));
    fields.finishWholly();
    return xtables;
  }

  private Statement setUpdate(Fields fields) {
    Statement update =
        new Action.SetUpdate(
            fields.word("op", SetOperation.class),
            expression(fields, "elem"),
            setName(fields, "set"),
            inner(fields));
    fields.finishWholly();
    return update;
  }

  private Statement mapUpdate(Fields fields) {
    Statement update =
        new Action.MapUpdate(
            fields.word("op", SetOperation.class),
            expression(fields, "elem"),
            expression(fields, "data"),
            setName(fields, "map"),
            inner(fields));
    fields.finishWholly();
    return update;
  }

  private static String setName(Fields fields, String key) {
    String name = fields.text(key);
    if (!name.startsWith("@") || name.length() < 2) {
      throw new Refusal(fields.at(key), "a set reference is expected: \"@name\"");
    }
    return name.substring(1);
  }

  private List<Statement> inner(Fields fields) {
    return fields.has("stmt") ? list(fields.required("stmt"), fields.at("stmt")) : List.of();
  }

  private Statement meter(Fields fields) {
    String name = fields.text("name");
    Expression key = expression(fields, "key");
    Statement statement = read(fields.required("stmt"), fields.at("stmt"));
    Long size = fields.optionalNumber("size");
    fields.finishWholly();
    return new Action.Meter(name, key, statement, size);
  }
}
