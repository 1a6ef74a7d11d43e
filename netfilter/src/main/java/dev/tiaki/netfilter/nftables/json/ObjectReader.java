package dev.tiaki.netfilter.nftables.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiaki.netfilter.nftables.check.Pointer;
import dev.tiaki.netfilter.nftables.check.Refusal;
import dev.tiaki.netfilter.nftables.model.BaseChain;
import dev.tiaki.netfilter.nftables.model.Chain;
import dev.tiaki.netfilter.nftables.model.ChainHook;
import dev.tiaki.netfilter.nftables.model.ChainPolicy;
import dev.tiaki.netfilter.nftables.model.ChainType;
import dev.tiaki.netfilter.nftables.model.Elements;
import dev.tiaki.netfilter.nftables.model.Flowtable;
import dev.tiaki.netfilter.nftables.model.Identity;
import dev.tiaki.netfilter.nftables.model.NftObject;
import dev.tiaki.netfilter.nftables.model.ObjectKind;
import dev.tiaki.netfilter.nftables.model.Rule;
import dev.tiaki.netfilter.nftables.model.Table;
import dev.tiaki.netfilter.nftables.model.TableFlag;
import dev.tiaki.netfilter.nftables.model.UnknownObject;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import dev.tiaki.netfilter.nftables.rule.Statement;
import dev.tiaki.netfilter.nftables.rule.Word;
import dev.tiaki.netfilter.nftables.version.Feature;
import dev.tiaki.netfilter.nftables.version.NftVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Objects from JSON. */
final class ObjectReader {
  private final boolean isStrict;
  private final @Nullable NftVersion version;
  private final StatementReader statements;
  private final ExpressionReader expressions;
  private final SetReader sets;
  private final StatefulObjectReader stateful;

  /** A null version reads leniently. */
  ObjectReader(@Nullable NftVersion version) {
    this.isStrict = version != null;
    this.statements = new StatementReader(isStrict);
    this.expressions = statements.expressions();
    this.sets = new SetReader(statements, version);
    this.stateful = new StatefulObjectReader();
    this.version = version;
  }

  StatementReader statements() {
    return statements;
  }

  /** Returns the object; leniently, one of a known kind that does not fit is kept as it is. */
  NftObject read(ObjectKind kind, JsonNode value, Pointer at) {
    if (isStrict) {
      return typed(kind, value, at);
    }
    try {
      return typed(kind, value, at);
    } catch (Refusal refusal) {
      return unknown(kind, value, refusal);
    }
  }

  private static NftObject unknown(ObjectKind kind, JsonNode value, Refusal refusal) {
    NftFamily family = Word.find(NftFamily.class, value.path("family").asText());
    JsonNode name = value.path("name");
    JsonNode table = kind == ObjectKind.TABLE ? name : value.path("table");
    if (family == null || !table.isTextual()) {
      throw refusal;
    }
    JsonNode handle = value.path("handle");
    return new UnknownObject(
        kind,
        family,
        table.textValue(),
        name.isTextual() ? name.textValue() : null,
        handle.canConvertToLong() ? handle.longValue() : null,
        Raw.of(value));
  }

  private NftObject typed(ObjectKind kind, JsonNode value, Pointer at) {
    Fields fields = new Fields(value, at, isStrict);
    return switch (kind) {
      case TABLE -> table(fields);
      case CHAIN -> chain(fields);
      case RULE -> rule(fields, true);
      case SET, MAP -> sets.read(kind, fields);
      case ELEMENT -> elements(fields);
      case FLOWTABLE -> flowtable(fields);
      case COUNTER,
          QUOTA,
          LIMIT,
          CT_HELPER,
          CT_TIMEOUT,
          CT_EXPECTATION,
          SYNPROXY,
          SECMARK,
          TUNNEL ->
          stateful.read(kind, fields);
    };
  }

  static NftFamily family(Fields fields) {
    return fields.word("family", NftFamily.class);
  }

  static Identity identity(Fields fields) {
    return new Identity(
        family(fields), fields.text("table"), fields.text("name"), fields.optionalNumber("handle"));
  }

  private static NftObject table(Fields fields) {
    return new Table(
        family(fields),
        fields.text("name"),
        fields.optionalNumber("handle"),
        FlagList.optional(fields, "flags", TableFlag.class),
        fields.optionalText("comment"),
        fields.finish());
  }

  private NftObject chain(Fields fields) {
    return new Chain(
        identity(fields), base(fields), fields.optionalText("comment"), fields.finish());
  }

  /** Without a type it is a regular chain, and nothing else of a base chain may be there. */
  private @Nullable BaseChain base(Fields fields) {
    JsonNode devices = fields.peek("dev");
    boolean isArray = devices != null && devices.isArray();
    if (isArray && version != null && !Feature.CHAIN_DEVICES.isIn(version)) {
      throw new Refusal(fields.at("dev"), "nftables " + version + " reads one string only");
    }
    if (!fields.has("type") && !fields.has("hook") && !fields.has("prio")) {
      for (String key : List.of("policy", "dev")) {
        if (fields.has(key)) {
          throw new Refusal(fields.at(key), "only a base chain (type, hook, prio) has this");
        }
      }
      return null;
    }
    return new BaseChain(
        fields.word("type", ChainType.class),
        fields.word("hook", ChainHook.class),
        fields.integer("prio"),
        FlagList.texts(fields, "dev"),
        fields.optionalWord("policy", ChainPolicy.class));
  }

  /** Listings leave out {@code expr} of a rule without statements; commands must have it. */
  Rule rule(Fields fields, boolean mayBeEmpty) {
    Identity chain =
        new Identity(
            family(fields),
            fields.text("table"),
            fields.text("chain"),
            fields.optionalNumber("handle"));
    Integer index = fields.optionalInteger("index");
    String comment = fields.optionalText("comment");
    List<Statement> body =
        mayBeEmpty && !fields.has("expr")
            ? List.of()
            : statements.list(fields.required("expr"), fields.at("expr"));
    return new Rule(chain, index, comment, body, fields.finish());
  }

  private NftObject elements(Fields fields) {
    Identity set = identity(fields);
    List<Expression> elements =
        SetReader.elements(expressions, fields.required("elem"), fields.at("elem"));
    return new Elements(set, elements, fields.finish());
  }

  private static NftObject flowtable(Fields fields) {
    return new Flowtable(
        identity(fields),
        fields.optionalWord("hook", ChainHook.class),
        fields.optionalInteger("prio"),
        FlagList.texts(fields, "dev"),
        fields.finish());
  }
}
