package dev.tiaki.netfilter.nftables.check;

import dev.tiaki.netfilter.nftables.rule.Composite;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.Statement;
import dev.tiaki.netfilter.nftables.rule.Value;
import dev.tiaki.netfilter.nftables.version.Feature;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Elements of sets and maps. */
final class SetElementCheck {
  private static final int LONGEST_COMMENT = 128;

  private final Scope scope;
  private final ExpressionCheck expressions;

  SetElementCheck(Scope scope, ExpressionCheck expressions) {
    this.scope = scope;
    this.expressions = expressions;
  }

  /** Returns a set without a name. */
  Typed set(List<Expression> items, @Nullable Typed like, Pointer at) {
    if (like == null) {
      throw new Refusal(at, "nothing says of what type the elements are");
    }
    if (items.isEmpty()) {
      throw new Refusal(at, "an empty set");
    }
    List<Typed> typed = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Composite.Pair) {
        throw new Refusal(at.at(i), "a pair is allowed in a map only");
      }
      typed.add(key(items.get(i), like, at.at(i)));
    }
    return new Typed(Typed.Kind.SET, like.type(), like.bits(), null, null, typed);
  }

  /** Returns one key: a constant of this type, or any. */
  Typed key(Expression key, Typed like, Pointer at) {
    if (key instanceof Value.Wildcard) {
      return like.as(Typed.Kind.WILDCARD);
    }
    if (key instanceof Composite.Flags) {
      throw new Refusal(at, "an array in a set is a pair of a map");
    }
    Typed typed =
        key instanceof Composite.Element element
            ? element(element, like, at.at("elem"))
            : expressions.check(key, like, at);
    if (!typed.isConstant()) {
      throw new Refusal(at, "a constant is expected");
    }
    ExpressionCheck.same(typed, like, at);
    return typed;
  }

  /** Returns what is in an element that has properties. */
  Typed element(Composite.Element element, @Nullable Typed like, Pointer at) {
    properties(element, at);
    if (element.value() instanceof Value.Wildcard && like != null) {
      return like.as(Typed.Kind.WILDCARD);
    }
    return expressions.check(element.value(), like, at.at("val"));
  }

  private void properties(Composite.Element element, Pointer at) {
    seconds(element.timeoutSeconds(), at.at("timeout"));
    seconds(element.expiresSeconds(), at.at("expires"));
    comment(element.comment(), at.at("comment"));
    if (!element.state().isEmpty()) {
      Scope.need(scope.version(), Feature.ELEMENT_STATE, at);
      for (Statement statement : element.state()) {
        new StateCheck(expressions).check(statement, at);
      }
    }
  }

  static void seconds(@Nullable Long seconds, Pointer at) {
    if (seconds != null && (seconds < 0 || seconds > Long.MAX_VALUE / 1_000_000_000)) {
      throw new Refusal(at, "a number of seconds is expected, not " + seconds);
    }
  }

  static void comment(@Nullable String comment, Pointer at) {
    if (comment != null && comment.length() > LONGEST_COMMENT) {
      throw new Refusal(at, "a comment has 128 characters at most");
    }
  }

  /** Checks the data of a map: pairs without a name, or a reference. */
  void map(Expression data, Typed key, Typed value, Pointer at) {
    if (data instanceof Value.SetReference) {
      expressions.check(data, value, at);
      return;
    }
    if (!(data instanceof Composite.AnonymousSet(List<Expression> pairs)) || pairs.isEmpty()) {
      throw new Refusal(at, "a set of pairs or a reference is expected");
    }
    Pointer inside = at.at("set");
    List<Typed> keys = new ArrayList<>(pairs.size());
    for (int i = 0; i < pairs.size(); i++) {
      if (!(pairs.get(i) instanceof Composite.Pair pair)) {
        throw new Refusal(inside.at(i), "a pair is expected");
      }
      keys.add(pair(pair, key, value, inside.at(i)));
    }
    Overlaps.refuse(keys, inside);
  }

  /** Checks a pair and returns its key. */
  Typed pair(Composite.Pair pair, Typed key, Typed value, Pointer at) {
    Typed typed = key(pair.key(), key, at.at(0));
    Typed data = expressions.check(pair.value(), value, at.at(1));
    if (!data.isConstant()) {
      throw new Refusal(at.at(1), "a constant is expected");
    }
    ExpressionCheck.same(data, value, at.at(1));
    return typed;
  }
}
