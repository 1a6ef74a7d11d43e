package dev.tiaki.netfilter.nftables.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiaki.netfilter.nftables.check.Pointer;
import dev.tiaki.netfilter.nftables.check.Refusal;
import dev.tiaki.netfilter.nftables.model.Identity;
import dev.tiaki.netfilter.nftables.model.NamedSet;
import dev.tiaki.netfilter.nftables.model.NftObject;
import dev.tiaki.netfilter.nftables.model.ObjectKind;
import dev.tiaki.netfilter.nftables.model.SetDatatype;
import dev.tiaki.netfilter.nftables.model.SetFlag;
import dev.tiaki.netfilter.nftables.model.SetPolicy;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.version.Feature;
import dev.tiaki.netfilter.nftables.version.NftVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sets and maps from JSON. */
final class SetReader {
  private final StatementReader statements;
  private final ExpressionReader expressions;
  private final @Nullable NftVersion version;

  SetReader(StatementReader statements, @Nullable NftVersion version) {
    this.version = version;
    this.statements = statements;
    this.expressions = statements.expressions();
  }

  NftObject read(ObjectKind kind, Fields fields) {
    Identity identity = ObjectReader.identity(fields);
    SetDatatype type = datatype(fields.required("type"), fields.at("type"));
    JsonNode flags = fields.peek("flags");
    boolean isText = flags != null && flags.isTextual();
    if (isText && version != null && !Feature.SET_FLAG_AS_TEXT.isIn(version)) {
      throw new Refusal(
          fields.at("flags"),
          "an array is expected: nftables " + version + " passes over a string");
    }
    SetDatatype data = kind == ObjectKind.MAP ? data(fields) : null;
    return new NamedSet(
        identity,
        type,
        data,
        fields.optionalWord("policy", SetPolicy.class),
        FlagList.optional(fields, "flags", SetFlag.class),
        fields.optionalNumber("timeout"),
        fields.optionalNumber("gc-interval"),
        fields.optionalNumber("size"),
        fields.isTrue("auto-merge"),
        fields.optionalText("comment"),
        fields.has("stmt")
            ? statements.list(fields.required("stmt"), fields.at("stmt"))
            : List.of(),
        fields.has("elem")
            ? elements(expressions, fields.required("elem"), fields.at("elem"))
            : List.of(),
        fields.finish());
  }

  private SetDatatype data(Fields fields) {
    if (!fields.has("map")) {
      // nftables would make a set of it.
      throw new Refusal(fields.pointer(), "property \"map\" is missing: a map needs it");
    }
    return datatype(fields.required("map"), fields.at("map"));
  }

  private SetDatatype datatype(JsonNode value, Pointer at) {
    if (value.isObject()) {
      if (value.size() != 1 || !value.has("typeof")) {
        throw new Refusal(at, "a datatype is a name, an array of names, or {\"typeof\": …}");
      }
      return new SetDatatype.TypeOf(expressions.read(value.get("typeof"), at.at("typeof")));
    }
    List<String> names = FlagList.texts(value, at);
    if (names.isEmpty()) {
      throw new Refusal(at, "a datatype is missing");
    }
    return new SetDatatype.Named(names);
  }

  /** Returns elements: an array, or one plain value alone. */
  static List<Expression> elements(
      ExpressionReader expressions, @Nullable JsonNode value, Pointer at) {
    if (value != null && value.isArray()) {
      if (value.isEmpty()) {
        throw new Refusal(at, "an empty array of elements");
      }
      return expressions.elements(value, at);
    }
    if (value == null || !value.isValueNode()) {
      throw new Refusal(at, "one element alone is a plain value, else an array is expected");
    }
    return List.of(expressions.read(value, at));
  }
}
