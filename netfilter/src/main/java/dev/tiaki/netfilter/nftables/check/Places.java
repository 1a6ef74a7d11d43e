package dev.tiaki.netfilter.nftables.check;

import dev.tiaki.netfilter.nftables.rule.BinaryOperation;
import dev.tiaki.netfilter.nftables.rule.BinaryOperator;
import dev.tiaki.netfilter.nftables.rule.Composite;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.MapLookup;
import dev.tiaki.netfilter.nftables.rule.RawExpression;
import dev.tiaki.netfilter.nftables.rule.Selector;
import dev.tiaki.netfilter.nftables.rule.Value;
import dev.tiaki.netfilter.nftables.rule.Verdict;
import dev.tiaki.netfilter.nftables.version.Feature;
import dev.tiaki.netfilter.nftables.version.NftVersion;
import java.util.List;

/**
 * Which expression may stand where. Places add up on the way inwards: an operand on the right side
 * of a match is on the right side and an operand, and must be allowed as both.
 */
final class Places {
  static final int ANYWHERE = 0;
  static final int RIGHT = 1;
  static final int STATEMENT = 2;
  static final int PRIMARY = 4;
  static final int DATA = 8;
  static final int MANGLED = 16;
  static final int SET_ELEMENT = 32;
  static final int MAP_KEY = 64;
  static final int CONCATENATED = 128;

  private static final List<String> NAMES =
      List.of(
          "the right side",
          "a statement",
          "an operand",
          "the data of a map",
          "something that is changed",
          "an element a rule changes",
          "the key of a map",
          "a part of a concatenation");

  private static final int FREE = PRIMARY | DATA | SET_ELEMENT | CONCATENATED;

  private final NftVersion version;

  Places(NftVersion version) {
    this.version = version;
  }

  /** Refuses an expression, or one in it, that may not stand in this place. */
  void check(Expression expression, int place, Pointer at) {
    int allowed = allowed(expression);
    int forbidden = place & ~allowed;
    if (forbidden != 0) {
      throw new Refusal(
          at, "not allowed as " + NAMES.get(Integer.numberOfTrailingZeros(forbidden)));
    }
    switch (expression) {
      case Composite composite -> composite(composite, place, at);
      case MapLookup(Expression key, Expression data) -> {
        check(key, place | MAP_KEY, at.at("map").at("key"));
        check(data, place | RIGHT, at.at("map").at("data"));
      }
      case BinaryOperation(BinaryOperator operator, List<Expression> operands) ->
          operation(operator, operands, place, at.at(operator.word()));
      case Value.Prefix(Expression address, int _) ->
          check(address, place | PRIMARY, at.at("prefix").at("addr"));
      case Value.Range(Expression low, Expression high) -> {
        check(low, place | PRIMARY, at.at("range").at(0));
        check(high, place | PRIMARY, at.at("range").at(1));
      }
      case Selector.JenkinsHash hash -> check(hash.expression(), place, at.at("jhash").at("expr"));
      case Value _, Selector _, Verdict _, RawExpression _ -> {}
    }
  }

  private void operation(
      BinaryOperator operator, List<Expression> operands, int place, Pointer at) {
    boolean isShift =
        operator == BinaryOperator.SHIFT_LEFT || operator == BinaryOperator.SHIFT_RIGHT;
    if (operands.size() > 2 && (isShift || !Feature.MANY_OPERANDS.isIn(version))) {
      throw new Refusal(at, "exactly two operands are expected, not " + operands.size());
    }
    check(operands.getFirst(), place | PRIMARY, at.at(0));
    for (int i = 1; i < operands.size(); i++) {
      check(operands.get(i), place | RIGHT, at.at(i));
    }
  }

  private void composite(Composite composite, int place, Pointer at) {
    switch (composite) {
      case Composite.Flags(List<Expression> items) -> {
        if ((place & (RIGHT | STATEMENT)) == 0 || (place & PRIMARY) != 0) {
          throw new Refusal(at, "a list is allowed on the right side only");
        }
        all(items, place, at);
      }
      case Composite.Concatenation(List<Expression> parts) ->
          all(parts, place | CONCATENATED, at.at("concat"));
      case Composite.AnonymousSet(List<Expression> elements) -> set(elements, place, at.at("set"));
      case Composite.Pair _ -> throw new Refusal(at, "a pair is allowed in a map only");
      case Composite.Element element -> check(element.value(), place, at.at("elem").at("val"));
    }
  }

  private void all(List<Expression> items, int place, Pointer at) {
    for (int i = 0; i < items.size(); i++) {
      check(items.get(i), place, at.at(i));
    }
  }

  /** Checks elements of a set or map. */
  void set(List<Expression> elements, int place, Pointer at) {
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i) instanceof Composite.Pair(Expression key, Expression value)) {
        check(key, place | RIGHT, at.at(i).at(0));
        check(value, place | DATA, at.at(i).at(1));
      } else {
        check(elements.get(i), place | RIGHT, at.at(i));
      }
    }
  }

  private int allowed(Expression expression) {
    return switch (expression) {
      case Value value -> value(value);
      case Composite composite ->
          switch (composite) {
            case Composite.Concatenation _ -> RIGHT | STATEMENT | DATA | SET_ELEMENT | MAP_KEY;
            case Composite.AnonymousSet _ -> RIGHT | STATEMENT;
            case Composite.Element _ -> RIGHT | STATEMENT | PRIMARY | SET_ELEMENT;
            case Composite.Flags _, Composite.Pair _ -> -1;
          };
      case MapLookup _ -> STATEMENT | PRIMARY | DATA;
      case BinaryOperation _ -> RIGHT | STATEMENT | MAP_KEY | FREE;
      case Verdict _ -> RIGHT | DATA;
      case Selector selector -> selector(selector);
      case RawExpression _ -> -1;
    };
  }

  private static int value(Value value) {
    return switch (value) {
      case Value.Prefix _, Value.Range _ -> RIGHT | DATA | STATEMENT | CONCATENATED;
      case Value.Bool _ -> -1;
      case Value.Text _, Value.Int _, Value.Address _, Value.SetReference _, Value.Wildcard _ -> -1;
    };
  }

  private int selector(Selector selector) {
    int right = Feature.VARIABLE_OPERANDS.isIn(version) ? RIGHT : 0;
    return switch (selector) {
      case Selector.Payload _, Selector.RawPayload _ -> STATEMENT | MANGLED | MAP_KEY | FREE;
      case Selector.Meta _, Selector.Ct _ -> right | STATEMENT | MANGLED | MAP_KEY | FREE;
      case Selector.ExtensionHeader _ -> MAP_KEY | FREE;
      case Selector.TcpOption _, Selector.RawTcpOption _, Selector.IpOption _ -> MANGLED | FREE;
      case Selector.SctpChunk _ -> MANGLED | FREE;
      case Selector.DccpOption _ -> PRIMARY;
      case Selector.OsFingerprint _ -> STATEMENT | PRIMARY | MAP_KEY | CONCATENATED;
      case Selector.Ipsec _ -> PRIMARY | MAP_KEY | CONCATENATED;
      case Selector.Socket _ -> PRIMARY | CONCATENATED;
      case Selector.Route _, Selector.NumberGenerator _ -> STATEMENT | MAP_KEY | FREE;
      case Selector.JenkinsHash _, Selector.SymmetricHash _ -> STATEMENT | MAP_KEY | FREE;
      case Selector.Fib _ -> (Feature.FIB_VALUE.isIn(version) ? STATEMENT : 0) | MAP_KEY | FREE;
      case Selector.Tunnel _ -> RIGHT | STATEMENT | PRIMARY | SET_ELEMENT | MAP_KEY;
    };
  }
}
