package dev.tiaki.netfilter.nftables.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiaki.netfilter.nftables.check.Pointer;
import dev.tiaki.netfilter.nftables.check.Refusal;
import dev.tiaki.netfilter.nftables.rule.BinaryOperation;
import dev.tiaki.netfilter.nftables.rule.BinaryOperator;
import dev.tiaki.netfilter.nftables.rule.Composite;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.MapLookup;
import dev.tiaki.netfilter.nftables.rule.RawExpression;
import dev.tiaki.netfilter.nftables.rule.Statement;
import dev.tiaki.netfilter.nftables.rule.Value;
import dev.tiaki.netfilter.nftables.rule.Verdict;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Expressions from JSON. */
final class ExpressionReader {
  private final boolean isStrict;
  private final StatementReader statements;
  private final SelectorReader selectors;

  ExpressionReader(boolean isStrict, StatementReader statements) {
    this.isStrict = isStrict;
    this.statements = statements;
    this.selectors = new SelectorReader(isStrict, this);
  }

  /** Returns the expression; leniently, one that is not known is kept as it is. */
  Expression read(JsonNode node, Pointer at) {
    if (isStrict) {
      return typed(node, at);
    }
    try {
      return typed(node, at);
    } catch (Refusal _) {
      return new RawExpression(Raw.of(node));
    }
  }

  private Expression typed(JsonNode node, Pointer at) {
    return switch (node.getNodeType()) {
      case STRING -> text(node.textValue(), at);
      case NUMBER -> number(node, at);
      case BOOLEAN -> new Value.Bool(node.booleanValue());
      case ARRAY -> new Composite.Flags(list(node, at));
      case OBJECT -> object(node, at);
      case NULL, MISSING, BINARY, POJO ->
          throw new Refusal(at, "an expression is expected, not null");
    };
  }

  private static Expression text(String text, Pointer at) {
    if (text.startsWith("@")) {
      if (text.length() == 1) {
        throw new Refusal(at, "a set reference without a name");
      }
      return new Value.SetReference(text.substring(1));
    }
    if (text.equals("*")) {
      return new Value.Wildcard();
    }
    InetAddress address = AddressLiteral.parse(text);
    return address == null ? new Value.Text(text) : new Value.Address(address);
  }

  private static Expression number(JsonNode node, Pointer at) {
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw new Refusal(at, "a whole number of 64 bits is expected, not " + Fields.kind(node));
    }
    return new Value.Int(node.longValue());
  }

  /** Returns the items of an array. */
  List<Expression> list(JsonNode array, Pointer at) {
    if (!array.isArray()) {
      throw new Refusal(at, "an array is expected, not " + Fields.kind(array));
    }
    List<Expression> items = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      items.add(read(array.get(i), at.at(i)));
    }
    return items;
  }

  private Expression object(JsonNode node, Pointer at) {
    if (node.size() != 1) {
      throw new Refusal(at, "an expression has exactly one key, not " + node.size());
    }
    Map.Entry<String, JsonNode> only = node.properties().iterator().next();
    String key = only.getKey();
    JsonNode value = only.getValue();
    Pointer inside = at.at(key);
    return switch (key) {
      case "concat" -> new Composite.Concatenation(list(value, inside));
      case "set" -> set(value, inside);
      case "map" -> map(new Fields(value, inside, isStrict));
      case "prefix" -> prefix(new Fields(value, inside, isStrict));
      case "range" -> range(value, inside);
      case "elem" -> element(new Fields(value, inside, isStrict));
      case "|" -> operation(BinaryOperator.OR, value, inside);
      case "&" -> operation(BinaryOperator.AND, value, inside);
      case "^" -> operation(BinaryOperator.XOR, value, inside);
      case "<<" -> operation(BinaryOperator.SHIFT_LEFT, value, inside);
      case ">>" -> operation(BinaryOperator.SHIFT_RIGHT, value, inside);
      case "accept", "drop", "continue", "return", "jump", "goto" ->
          verdict(key, value, inside, isStrict);
      default -> selectors.read(key, value, inside);
    };
  }

  static Verdict verdict(String key, JsonNode value, Pointer at, boolean isStrict) {
    return switch (key) {
      case "accept" -> plain(Verdict.Simple.ACCEPT, value, at);
      case "drop" -> plain(Verdict.Simple.DROP, value, at);
      case "continue" -> plain(Verdict.Simple.CONTINUE, value, at);
      case "return" -> plain(Verdict.Simple.RETURN, value, at);
      case "jump" -> new Verdict.Jump(target(value, at, isStrict));
      case "goto" -> new Verdict.Goto(target(value, at, isStrict));
      default -> throw new Refusal(at, "unknown verdict \"" + Raw.shown(key) + "\"");
    };
  }

  /** nftables passes over the value of a verdict; one that says something is refused here. */
  private static Verdict plain(Verdict.Simple verdict, JsonNode value, Pointer at) {
    boolean isEmpty = value.isValueNode() || value.isEmpty();
    if (!isEmpty) {
      throw new Refusal(at, "null is expected, not " + Fields.kind(value));
    }
    return verdict;
  }

  private static String target(JsonNode value, Pointer at, boolean isStrict) {
    Fields fields = new Fields(value, at, isStrict);
    String target = fields.text("target");
    fields.finishWholly();
    return target;
  }

  private Expression set(JsonNode value, Pointer at) {
    if (value.isArray()) {
      return new Composite.AnonymousSet(elements(value, at));
    }
    Expression single = read(value, at);
    if (single instanceof Value.SetReference) {
      return single;
    }
    if (!value.isValueNode()) {
      throw new Refusal(at, "one element alone is a plain value, else an array is expected");
    }
    return new Composite.AnonymousSet(List.of(single));
  }

  /** Returns the elements of a set, where an array of two is a pair. */
  List<Expression> elements(JsonNode array, Pointer at) {
    List<Expression> elements = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      elements.add(setElement(array.get(i), at.at(i)));
    }
    return elements;
  }

  private Expression setElement(JsonNode node, Pointer at) {
    if (node.isArray() && node.size() == 2) {
      return new Composite.Pair(read(node.get(0), at.at(0)), read(node.get(1), at.at(1)));
    }
    return read(node, at);
  }

  private Expression map(Fields fields) {
    Expression key = read(fields.required("key"), fields.at("key"));
    Expression data = read(fields.required("data"), fields.at("data"));
    fields.finishWholly();
    return new MapLookup(key, data);
  }

  private Expression prefix(Fields fields) {
    Expression address = read(fields.required("addr"), fields.at("addr"));
    int length = fields.integer("len");
    fields.finishWholly();
    return new Value.Prefix(address, length);
  }

  private Expression range(JsonNode value, Pointer at) {
    List<Expression> ends = list(value, at);
    if (ends.size() != 2) {
      throw new Refusal(at, "a range has two ends, not " + ends.size());
    }
    return new Value.Range(ends.get(0), ends.get(1));
  }

  private Expression operation(BinaryOperator operator, JsonNode value, Pointer at) {
    List<Expression> operands = list(value, at);
    if (operands.size() < 2) {
      throw new Refusal(at, "two operands are expected, not " + operands.size());
    }
    return new BinaryOperation(operator, operands);
  }

  private Expression element(Fields fields) {
    Expression value = read(fields.required("val"), fields.at("val"));
    Long timeout = fields.optionalNumber("timeout");
    Long expires = fields.optionalNumber("expires");
    String comment = fields.optionalText("comment");
    List<Statement> state = new ArrayList<>(0);
    for (String key : StatementReader.STATE_KEYS) {
      if (fields.has(key)) {
        state.add(statements.keyed(key, fields.required(key), fields.at(key)));
      }
    }
    fields.finishWholly();
    return new Composite.Element(value, timeout, expires, comment, state);
  }
}
