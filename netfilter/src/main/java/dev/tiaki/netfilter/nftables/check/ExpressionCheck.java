package dev.tiaki.netfilter.nftables.check;

import dev.tiaki.netfilter.nftables.rule.BinaryOperation;
import dev.tiaki.netfilter.nftables.rule.Composite;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.MapLookup;
import dev.tiaki.netfilter.nftables.rule.RawExpression;
import dev.tiaki.netfilter.nftables.rule.Selector;
import dev.tiaki.netfilter.nftables.rule.Value;
import dev.tiaki.netfilter.nftables.rule.Verdict;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Types of expressions: what they are, and whether constants fit what is expected. */
final class ExpressionCheck {
  private final Scope scope;
  private final SelectorCheck selectors;
  private final OperationCheck operations;
  private final SetElementCheck elements;

  ExpressionCheck(Scope scope) {
    this.scope = scope;
    this.selectors = new SelectorCheck(scope);
    this.operations = new OperationCheck(scope, this);
    this.elements = new SetElementCheck(scope, this);
  }

  SetElementCheck elements() {
    return elements;
  }

  /**
   * Returns what the expression is.
   *
   * @param like what is expected; null: nothing is known, so that constants cannot be read
   */
  Typed check(Expression expression, @Nullable Typed like, Pointer at) {
    return switch (expression) {
      case Value value -> value(value, like, at);
      case Selector selector -> {
        Typed typed = selectors.check(selector, at);
        if (selector instanceof Selector.JenkinsHash hash) {
          hashed(hash, at.at("jhash").at("expr"));
        }
        yield typed;
      }
      case Composite composite -> composite(composite, like, at);
      case BinaryOperation operation -> operations.check(operation, like, at);
      case MapLookup(Expression key, Expression data) -> map(key, data, like, at.at("map"));
      case Verdict verdict -> verdict(verdict, at);
      case RawExpression _ -> throw new Refusal(at, "this expression is not known");
    };
  }

  private void hashed(Selector.JenkinsHash hash, Pointer at) {
    if (check(hash.expression(), null, at).isConstant()) {
      throw new Refusal(at, "a constant cannot be hashed");
    }
  }

  /** Returns a verdict, with the name of its chain checked. */
  static Typed verdict(Verdict verdict, Pointer at) {
    switch (verdict) {
      case Verdict.Simple _ -> {}
      case Verdict.Jump(String target) -> Names.check(target, at.at("jump").at("target"));
      case Verdict.Goto(String target) -> Names.check(target, at.at("goto").at("target"));
    }
    return new Typed(Typed.Kind.VERDICT, Datatypes.VERDICT, 0, null, null, List.of());
  }

  private Typed value(Value value, @Nullable Typed like, Pointer at) {
    if (value instanceof Value.SetReference(String name)) {
      Names.check(name, at);
      return (like == null ? Typed.runtime(Datatypes.INVALID, 0) : like).as(Typed.Kind.REFERENCE);
    }
    if (value instanceof Value.Bool(boolean isTrue)) {
      BigInteger number = isTrue ? BigInteger.ONE : BigInteger.ZERO;
      int bits = like == null ? 1 : like.bits();
      return Typed.value(Datatypes.BOOLEAN, bits, number);
    }
    if (like == null || like.type().base() == Datatype.Base.INVALID) {
      throw new Refusal(at, "a constant of unknown type: nothing says what it is compared with");
    }
    return constant(value, like, at);
  }

  private Typed constant(Value value, Typed like, Pointer at) {
    return switch (value) {
      case Value.Text(String text) -> Symbols.text(text, like, at);
      case Value.Int(long number) -> Symbols.number(number, like, at);
      case Value.Address(var address) -> Symbols.address(address, like, at);
      case Value.Prefix(Expression address, int length) ->
          prefix(address, length, like, at.at("prefix"));
      case Value.Range(Expression low, Expression high) -> range(low, high, like, at.at("range"));
      case Value.Wildcard() ->
          throw new Refusal(at, "\"*\" stands for any element of a set, nowhere else");
      case Value.SetReference _, Value.Bool _ -> throw new IllegalStateException("no constant");
    };
  }

  private Typed prefix(Expression address, int length, Typed like, Pointer at) {
    Typed base = check(address, like, at.at("addr"));
    if (base.kind() != Typed.Kind.VALUE) {
      throw new Refusal(at.at("addr"), "a constant is expected");
    }
    if (length < 0 || length > base.bits()) {
      throw new Refusal(at.at("len"), "0 to " + base.bits() + " bits are expected, not " + length);
    }
    BigInteger value = base.value();
    if (value == null) {
      return Typed.span(Typed.Kind.PREFIX, base, null, null);
    }
    BigInteger rest = BigInteger.ONE.shiftLeft(base.bits() - length).subtract(BigInteger.ONE);
    return Typed.span(Typed.Kind.PREFIX, base, value.andNot(rest), value.or(rest));
  }

  private Typed range(Expression low, Expression high, Typed like, Pointer at) {
    Typed first = check(low, like, at.at(0));
    Typed last = check(high, like, at.at(1));
    boolean isConstant = first.kind() == Typed.Kind.VALUE && last.kind() == Typed.Kind.VALUE;
    if (!isConstant || !first.type().isNumeric()) {
      throw new Refusal(at, "a range goes from one number or address to another");
    }
    BigInteger from = first.value();
    BigInteger to = last.value();
    boolean isOverMidnight = like.type().names() == Datatype.Names.HOUR;
    if (from != null && to != null && from.compareTo(to) > 0 && !isOverMidnight) {
      throw new Refusal(at, "the range ends before it begins");
    }
    return Typed.span(Typed.Kind.RANGE, first, from, to);
  }

  private Typed composite(Composite composite, @Nullable Typed like, Pointer at) {
    return switch (composite) {
      case Composite.Flags(List<Expression> items) -> flags(items, like, at);
      case Composite.Concatenation(List<Expression> parts) ->
          concatenation(parts, like, at.at("concat"));
      case Composite.AnonymousSet(List<Expression> items) ->
          elements.set(items, like, at.at("set"));
      case Composite.Element element -> elements.element(element, like, at.at("elem"));
      case Composite.Pair _ -> throw new Refusal(at, "a pair is allowed in a map only");
    };
  }

  /** Bits that are joined. */
  private Typed flags(List<Expression> items, @Nullable Typed like, Pointer at) {
    BigInteger all = BigInteger.ZERO;
    Typed last = null;
    for (int i = 0; i < items.size(); i++) {
      last = check(items.get(i), like, at.at(i));
      if (last.kind() != Typed.Kind.VALUE || last.type().base() != Datatype.Base.BITMASK) {
        throw new Refusal(at.at(i), "a list joins flags; " + last.type().name() + " has none");
      }
      BigInteger value = last.value();
      all = all.or(value == null ? BigInteger.ZERO : value);
    }
    if (last == null) {
      throw new Refusal(at, "an empty list");
    }
    return Typed.value(last.type(), last.bits(), all);
  }

  private Typed concatenation(List<Expression> parts, @Nullable Typed like, Pointer at) {
    if (parts.isEmpty()) {
      throw new Refusal(at, "an empty concatenation");
    }
    List<Typed> expected = like == null ? List.of() : like.parts();
    boolean isExpected = like != null && like.type().base() != Datatype.Base.INVALID;
    if (isExpected
        && expected.size() != parts.size()
        && !(expected.isEmpty() && parts.size() == 1)) {
      throw new Refusal(
          at,
          "%d parts where %s are expected"
              .formatted(parts.size(), expected.isEmpty() ? "none" : expected.size()));
    }
    List<Typed> typed = new ArrayList<>(parts.size());
    for (int i = 0; i < parts.size(); i++) {
      Typed part = expected.isEmpty() ? (isExpected ? like : null) : expected.get(i);
      typed.add(part(check(parts.get(i), part, at.at(i)), part, at.at(i)));
    }
    if (typed.size() == 1) {
      return typed.getFirst();
    }
    Datatype type = like != null && isExpected ? like.type() : Datatypes.concatenation(typed);
    return new Typed(Typed.Kind.CONCATENATION, type, type.bits(), null, null, typed);
  }

  private static Typed part(Typed part, @Nullable Typed like, Pointer at) {
    if (part.kind() == Typed.Kind.RUNTIME
        && like == null
        && part.type().name().matches("string|helper")) {
      throw new Refusal(at, "strings of any length cannot be part of a concatenation");
    }
    if (like != null) {
      same(part, like, at);
    }
    return part;
  }

  /** Refuses a value of another type. */
  static void same(Typed value, Typed like, Pointer at) {
    if (!value.type().name().equals(like.type().name())) {
      throw new Refusal(
          at,
          "a value of type %s is expected, not of %s"
              .formatted(like.type().name(), value.type().name()));
    }
  }

  private Typed map(Expression key, Expression data, @Nullable Typed like, Pointer at) {
    if (like == null) {
      throw new Refusal(at, "nothing says of what type the data of the map is");
    }
    Typed typedKey = key(key, at.at("key"));
    elements.map(data, typedKey, like, at.at("data"));
    return like.as(Typed.Kind.MAP);
  }

  /** Returns what is looked up in a map. */
  Typed key(Expression key, Pointer at) {
    Typed typed = check(key, null, at);
    if (typed.isConstant()) {
      throw new Refusal(at, "a constant is looked up");
    }
    return typed;
  }

  Scope scope() {
    return scope;
  }
}
