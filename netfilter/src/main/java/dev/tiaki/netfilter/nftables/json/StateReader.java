package dev.tiaki.netfilter.nftables.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiaki.netfilter.nftables.check.Pointer;
import dev.tiaki.netfilter.nftables.rule.LimitPeriod;
import dev.tiaki.netfilter.nftables.rule.LimitUnit;
import dev.tiaki.netfilter.nftables.rule.ObjectType;
import dev.tiaki.netfilter.nftables.rule.QuotaUnit;
import dev.tiaki.netfilter.nftables.rule.State;
import dev.tiaki.netfilter.nftables.rule.Statement;
import org.jspecify.annotations.Nullable;

/** Statements that remember, from JSON: a reference to an object is a string or a map. */
final class StateReader {
  private final boolean isStrict;
  private final ExpressionReader expressions;

  StateReader(boolean isStrict, ExpressionReader expressions) {
    this.isStrict = isStrict;
    this.expressions = expressions;
  }

  Statement use(ObjectType type, JsonNode value, Pointer at) {
    return new State.ObjectUse(type, expressions.read(value, at));
  }

  private static boolean isUse(JsonNode value) {
    return value.isTextual() || (value.size() == 1 && value.has("map"));
  }

  Statement counter(JsonNode value, Pointer at) {
    if (value.isNull()) {
      return new State.Counter(null);
    }
    if (isUse(value)) {
      return use(ObjectType.COUNTER, value, at);
    }
    Fields fields = new Fields(value, at, isStrict);
    State.Totals totals = new State.Totals(fields.number("packets"), fields.number("bytes"));
    fields.finishWholly();
    return new State.Counter(totals);
  }

  Statement quota(JsonNode value, Pointer at) {
    if (isUse(value)) {
      return use(ObjectType.QUOTA, value, at);
    }
    Fields fields = new Fields(value, at, isStrict);
    Statement quota =
        new State.Quota(
            fields.number("val"),
            or(fields.optionalWord("val_unit", QuotaUnit.class), QuotaUnit.BYTES),
            or(fields.optionalNumber("used"), 0L),
            or(fields.optionalWord("used_unit", QuotaUnit.class), QuotaUnit.BYTES),
            fields.isTrue("inv"));
    fields.finishWholly();
    return quota;
  }

  static <T> T or(@Nullable T value, T ifNone) {
    return value == null ? ifNone : value;
  }

  Statement limit(JsonNode value, Pointer at) {
    if (isUse(value)) {
      return use(ObjectType.LIMIT, value, at);
    }
    Fields fields = new Fields(value, at, isStrict);
    Statement limit =
        new State.Limit(
            fields.number("rate"),
            or(fields.optionalWord("rate_unit", LimitUnit.class), LimitUnit.PACKETS),
            fields.word("per", LimitPeriod.class),
            fields.optionalNumber("burst"),
            or(fields.optionalWord("burst_unit", LimitUnit.class), LimitUnit.BYTES),
            fields.isTrue("inv"));
    fields.finishWholly();
    return limit;
  }

  Statement lastUsed(JsonNode value, Pointer at) {
    if (value.isNull()) {
      return new State.LastUsed(null);
    }
    Fields fields = new Fields(value, at, isStrict);
    State.LastUsed last = new State.LastUsed(fields.optionalNumber("used"));
    fields.finishWholly();
    return last;
  }

  Statement connectionCount(Fields fields) {
    Statement count = new State.ConnectionCount(fields.number("val"), fields.isTrue("inv"));
    fields.finishWholly();
    return count;
  }
}
