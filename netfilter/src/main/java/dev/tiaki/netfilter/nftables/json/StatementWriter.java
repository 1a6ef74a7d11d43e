package dev.tiaki.netfilter.nftables.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tiaki.netfilter.nftables.rule.Action;
import dev.tiaki.netfilter.nftables.rule.Condition;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.LimitUnit;
import dev.tiaki.netfilter.nftables.rule.RawStatement;
import dev.tiaki.netfilter.nftables.rule.State;
import dev.tiaki.netfilter.nftables.rule.Statement;
import dev.tiaki.netfilter.nftables.rule.Verdict;
import java.io.IOException;
import java.util.List;

/** Statements as JSON. */
final class StatementWriter {
  private final JsonOutput out;
  private final JsonGenerator json;
  private final ExpressionWriter expressions;
  private final ActionWriter actions;

  StatementWriter(JsonOutput out) {
    this.out = out;
    this.json = out.json();
    this.expressions = new ExpressionWriter(out, this);
    this.actions = new ActionWriter(out, this);
  }

  ExpressionWriter expressions() {
    return expressions;
  }

  void list(List<Statement> statements) throws IOException {
    json.writeStartArray();
    for (int i = 0; i < statements.size(); i++) {
      write(statements.get(i));
    }
    json.writeEndArray();
  }

  void write(Statement statement) throws IOException {
    if (statement instanceof RawStatement(var raw)) {
      out.raw(raw);
      return;
    }
    json.writeStartObject();
    property(statement);
    json.writeEndObject();
  }

  /** Writes the one property of a statement. */
  void property(Statement statement) throws IOException {
    switch (statement) {
      case Verdict verdict -> expressions.verdict(verdict);
      case Condition condition -> condition(condition);
      case State state -> state(state);
      case Action action -> actions.write(action);
      case RawStatement _ -> throw new IllegalStateException("a raw statement has no one property");
    }
  }

  private void condition(Condition condition) throws IOException {
    switch (condition) {
      case Condition.Match(var comparison, Expression left, Expression right) -> {
        out.open("match");
        out.word("op", comparison);
        expressions.property("left", left);
        expressions.property("right", right);
      }
      case Condition.VerdictMap(Expression key, Expression data) -> {
        out.open("vmap");
        expressions.property("key", key);
        expressions.property("data", data);
      }
      case Condition.Xtables(String type, String name) -> {
        out.open("xt");
        out.text("type", type);
        out.text("name", name);
      }
    }
    out.close();
  }

  private void state(State state) throws IOException {
    switch (state) {
      case State.Counter(State.Totals totals) -> {
        if (totals == null) {
          out.none("counter");
        } else {
          out.open("counter");
          out.number("packets", totals.packets());
          out.number("bytes", totals.bytes());
          out.close();
        }
      }
      case State.Quota quota -> quota(quota);
      case State.Limit limit -> limit(limit);
      case State.ConnectionCount(long count, boolean isOver) -> {
        out.open("ct count");
        out.number("val", count);
        out.isTrue("inv", isOver);
        out.close();
      }
      case State.LastUsed(Long used) -> {
        if (used == null) {
          out.none("last");
        } else {
          out.open("last");
          out.number("used", used);
          out.close();
        }
      }
      case State.ObjectUse(var type, Expression name) -> expressions.property(type.word(), name);
    }
  }

  private void quota(State.Quota quota) throws IOException {
    out.open("quota");
    out.number("val", quota.value());
    out.word("val_unit", quota.unit());
    if (quota.used() != 0) {
      out.number("used", quota.used());
      out.word("used_unit", quota.usedUnit());
    }
    out.isTrue("inv", quota.isOver());
    out.close();
  }

  private void limit(State.Limit limit) throws IOException {
    out.open("limit");
    out.number("rate", limit.rate());
    if (limit.unit() != LimitUnit.PACKETS) {
      out.word("rate_unit", limit.unit());
    }
    out.word("per", limit.period());
    out.number("burst", limit.burst());
    if (limit.burst() != null && limit.unit() != LimitUnit.PACKETS) {
      out.word("burst_unit", limit.burstUnit());
    }
    out.isTrue("inv", limit.isOver());
    out.close();
  }
}
