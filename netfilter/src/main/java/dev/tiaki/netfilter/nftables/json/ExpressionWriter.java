package dev.tiaki.netfilter.nftables.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tiaki.netfilter.nftables.rule.BinaryOperation;
import dev.tiaki.netfilter.nftables.rule.Composite;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.MapLookup;
import dev.tiaki.netfilter.nftables.rule.RawExpression;
import dev.tiaki.netfilter.nftables.rule.Selector;
import dev.tiaki.netfilter.nftables.rule.Statement;
import dev.tiaki.netfilter.nftables.rule.Value;
import dev.tiaki.netfilter.nftables.rule.Verdict;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Expressions as JSON. */
final class ExpressionWriter {
  private final JsonOutput out;
  private final JsonGenerator json;
  private final StatementWriter statements;
  private final SelectorWriter selectors;

  ExpressionWriter(JsonOutput out, StatementWriter statements) {
    this.out = out;
    this.json = out.json();
    this.statements = statements;
    this.selectors = new SelectorWriter(out, this);
  }

  void property(String key, @Nullable Expression expression) throws IOException {
    if (expression != null) {
      json.writeFieldName(key);
      write(expression);
    }
  }

  void write(Expression expression) throws IOException {
    switch (expression) {
      case Value value -> value(value);
      case Selector selector -> {
        json.writeStartObject();
        selectors.write(selector);
        json.writeEndObject();
      }
      case Composite composite -> composite(composite);
      case MapLookup(Expression key, Expression data) -> {
        json.writeStartObject();
        out.open("map");
        property("key", key);
        property("data", data);
        out.close();
        json.writeEndObject();
      }
      case BinaryOperation operation -> {
        json.writeStartObject();
        json.writeFieldName(operation.operator().word());
        list(operation.operands());
        json.writeEndObject();
      }
      case Verdict verdict -> {
        json.writeStartObject();
        verdict(verdict);
        json.writeEndObject();
      }
      case RawExpression(var raw) -> out.raw(raw);
    }
  }

  /** Writes the one property of a verdict. */
  void verdict(Verdict verdict) throws IOException {
    switch (verdict) {
      case Verdict.Simple simple -> out.none(simple.word());
      case Verdict.Jump(String target) -> target(verdict, target);
      case Verdict.Goto(String target) -> target(verdict, target);
    }
  }

  private void target(Verdict verdict, String target) throws IOException {
    out.open(verdict.word());
    out.text("target", target);
    out.close();
  }

  private void value(Value value) throws IOException {
    switch (value) {
      case Value.Text(String text) -> json.writeString(text);
      case Value.Int(long number) -> json.writeNumber(number);
      case Value.Bool(boolean isTrue) -> json.writeBoolean(isTrue);
      case Value.Address(var address) -> json.writeString(AddressLiteral.text(address));
      case Value.SetReference(String name) -> json.writeString("@" + name);
      case Value.Wildcard() -> json.writeString("*");
      case Value.Prefix(Expression address, int length) -> {
        json.writeStartObject();
        out.open("prefix");
        property("addr", address);
        out.number("len", length);
        out.close();
        json.writeEndObject();
      }
      case Value.Range(Expression low, Expression high) -> {
        json.writeStartObject();
        json.writeFieldName("range");
        list(List.of(low, high));
        json.writeEndObject();
      }
    }
  }

  private void composite(Composite composite) throws IOException {
    switch (composite) {
      case Composite.Flags(var items) -> list(items);
      case Composite.Concatenation(var parts) -> keyed("concat", parts);
      case Composite.AnonymousSet(var elements) -> keyed("set", elements);
      case Composite.Pair(Expression key, Expression value) -> list(List.of(key, value));
      case Composite.Element element -> {
        json.writeStartObject();
        out.open("elem");
        element(element);
        out.close();
        json.writeEndObject();
      }
    }
  }

  private void element(Composite.Element element) throws IOException {
    property("val", element.value());
    out.number("timeout", element.timeoutSeconds());
    out.number("expires", element.expiresSeconds());
    out.text("comment", element.comment());
    for (Statement statement : element.state()) {
      statements.property(statement);
    }
  }

  private void keyed(String key, List<Expression> items) throws IOException {
    json.writeStartObject();
    json.writeFieldName(key);
    list(items);
    json.writeEndObject();
  }

  /** Writes an array. */
  void list(List<Expression> items) throws IOException {
    json.writeStartArray();
    for (int i = 0; i < items.size(); i++) {
      write(items.get(i));
    }
    json.writeEndArray();
  }
}
