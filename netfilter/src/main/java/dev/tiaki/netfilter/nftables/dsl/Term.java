package dev.tiaki.netfilter.nftables.dsl;

import dev.tiaki.netfilter.nftables.rule.Action;
import dev.tiaki.netfilter.nftables.rule.BinaryOperation;
import dev.tiaki.netfilter.nftables.rule.BinaryOperator;
import dev.tiaki.netfilter.nftables.rule.Comparison;
import dev.tiaki.netfilter.nftables.rule.Composite;
import dev.tiaki.netfilter.nftables.rule.Condition;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.MapLookup;
import dev.tiaki.netfilter.nftables.rule.Statement;
import dev.tiaki.netfilter.nftables.rule.Value;
import dev.tiaki.netfilter.nftables.rule.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Something that a rule compares or changes, with the Java type of its values.
 *
 * @param <V> the type of values it is compared with
 */
public sealed class Term<V> permits AddressTerm, FlagTerm {
  private final Expression expression;
  private final Function<V, Expression> constant;

  Term(Expression expression, Function<V, Expression> constant) {
    this.expression = expression;
    this.constant = constant;
  }

  /** Returns it as a part of the model. */
  public final Expression expression() {
    return expression;
  }

  final Expression constant(V value) {
    return constant.apply(value);
  }

  final Statement match(Comparison comparison, Expression right) {
    return new Condition.Match(comparison, expression, right);
  }

  /** It is equal. */
  public final Statement eq(V value) {
    return match(Comparison.EQUAL, constant(value));
  }

  /** It is not equal. */
  public final Statement ne(V value) {
    return match(Comparison.NOT_EQUAL, constant(value));
  }

  /** It is less. */
  public final Statement lt(V value) {
    return match(Comparison.LESS, constant(value));
  }

  /** It is greater. */
  public final Statement gt(V value) {
    return match(Comparison.GREATER, constant(value));
  }

  /** It is less or equal. */
  public final Statement le(V value) {
    return match(Comparison.LESS_OR_EQUAL, constant(value));
  }

  /** It is greater or equal. */
  public final Statement ge(V value) {
    return match(Comparison.GREATER_OR_EQUAL, constant(value));
  }

  /** It is from {@code low} to {@code high}, both included. */
  public final Statement between(V low, V high) {
    return match(Comparison.EQUAL, Values.range(constant(low), constant(high)));
  }

  /** It is one of these. */
  @SafeVarargs
  public final Statement in(V... values) {
    List<Expression> elements = new ArrayList<>();
    for (V value : values) {
      elements.add(constant(value));
    }
    return match(Comparison.EQUAL, new Composite.AnonymousSet(elements));
  }

  /** It is none of these. */
  @SafeVarargs
  public final Statement notIn(V... values) {
    List<Expression> elements = new ArrayList<>();
    for (V value : values) {
      elements.add(constant(value));
    }
    return match(Comparison.NOT_EQUAL, new Composite.AnonymousSet(elements));
  }

  /** It is in the set of this name. */
  public final Statement inSet(String name) {
    return match(Comparison.EQUAL, Values.set(name));
  }

  /** It is not in the set of this name. */
  public final Statement notInSet(String name) {
    return match(Comparison.NOT_EQUAL, Values.set(name));
  }

  /** Returns the bits of it that are in {@code mask}. */
  public final Term<V> and(V mask) {
    return operation(BinaryOperator.AND, mask);
  }

  /** Returns it with the bits of {@code mask} set. */
  public final Term<V> or(V mask) {
    return operation(BinaryOperator.OR, mask);
  }

  /** Returns it with the bits of {@code mask} turned over. */
  public final Term<V> xor(V mask) {
    return operation(BinaryOperator.XOR, mask);
  }

  private Term<V> operation(BinaryOperator operator, V mask) {
    return new Term<>(BinaryOperation.of(expression, operator, constant(mask)), constant);
  }

  /** Changes it to a constant. */
  public final Statement set(V value) {
    return new Action.Mangle(expression, constant(value));
  }

  /** Changes it to something known as the packet passes. */
  public final Statement set(Term<?> value) {
    return new Action.Mangle(expression, value.expression());
  }

  /** Gives the verdict that belongs to its value. */
  public final Statement verdicts(Map<V, Verdict> verdicts) {
    List<Expression> pairs =
        verdicts.entrySet().stream().map(entry -> pair(entry.getKey(), entry.getValue())).toList();
    return new Condition.VerdictMap(expression, new Composite.AnonymousSet(pairs));
  }

  /** Gives the verdict that the map of this name has for it. */
  public final Statement verdicts(String map) {
    return new Condition.VerdictMap(expression, Values.set(map));
  }

  private Expression pair(V key, Expression value) {
    return new Composite.Pair(constant(key), value);
  }

  /** Returns what belongs to its value, for example the address a port is translated to. */
  public final Expression map(Map<V, Expression> data) {
    List<Expression> pairs =
        data.entrySet().stream().map(entry -> pair(entry.getKey(), entry.getValue())).toList();
    return new MapLookup(expression, new Composite.AnonymousSet(pairs));
  }

  /** Returns what the map of this name has for it. */
  public final Expression map(String name) {
    return new MapLookup(expression, new Value.SetReference(name));
  }
}
