package dev.tiaki.netfilter.nftables.check;

import dev.tiaki.netfilter.nftables.rule.Action;
import dev.tiaki.netfilter.nftables.rule.BinaryOperation;
import dev.tiaki.netfilter.nftables.rule.BinaryOperator;
import dev.tiaki.netfilter.nftables.rule.Comparison;
import dev.tiaki.netfilter.nftables.rule.Condition;
import dev.tiaki.netfilter.nftables.rule.CtKey;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.FibFlag;
import dev.tiaki.netfilter.nftables.rule.FibResult;
import dev.tiaki.netfilter.nftables.rule.MapLookup;
import dev.tiaki.netfilter.nftables.rule.MetaKey;
import dev.tiaki.netfilter.nftables.rule.RawStatement;
import dev.tiaki.netfilter.nftables.rule.Selector;
import dev.tiaki.netfilter.nftables.rule.State;
import dev.tiaki.netfilter.nftables.rule.Statement;
import dev.tiaki.netfilter.nftables.rule.Value;
import dev.tiaki.netfilter.nftables.rule.Verdict;
import dev.tiaki.netfilter.nftables.version.Feature;
import java.util.List;

/** Statements of one rule, in order. */
final class StatementCheck {
  private final Scope scope;
  private final Places places;
  private final ExpressionCheck expressions;
  private final StateCheck states;
  private final ActionCheck actions;

  StatementCheck(Scope scope) {
    this.scope = scope;
    this.places = new Places(scope.version());
    this.expressions = new ExpressionCheck(scope);
    this.states = new StateCheck(expressions);
    this.actions = new ActionCheck(scope, expressions, places);
  }

  /** Checks the statements of a rule. */
  void rule(List<Statement> statements, Pointer at) {
    for (int i = 0; i < statements.size(); i++) {
      if (i > 0 && isTerminal(statements.get(i - 1))) {
        throw new Refusal(at.at(i), "the statement before it ends the rule");
      }
      check(statements.get(i), at.at(i));
    }
  }

  private static boolean isTerminal(Statement statement) {
    return switch (statement) {
      case Verdict verdict -> verdict != Verdict.Simple.CONTINUE;
      case Action action ->
          action instanceof Action.Nat
              || action instanceof Action.Reject
              || action instanceof Action.Queue
              || action instanceof Action.Forward;
      case Condition _, State _, RawStatement _ -> false;
    };
  }

  private void check(Statement statement, Pointer at) {
    switch (statement) {
      case Verdict verdict -> ExpressionCheck.verdict(verdict, at);
      case Condition.Match match -> match(match, at.at("match"));
      case Condition.VerdictMap(Expression key, Expression data) ->
          verdictMap(key, data, at.at("vmap"));
      case Condition.Xtables _ ->
          throw new Refusal(at, "extensions of xtables are listed, but never taken back");
      case State state -> states.check(state, at);
      case Action action -> actions.check(action, at);
      case RawStatement _ -> throw new Refusal(at, "this statement is not known");
    }
  }

  private void verdictMap(Expression key, Expression data, Pointer at) {
    places.check(key, Places.MAP_KEY, at.at("key"));
    places.check(data, Places.RIGHT, at.at("data"));
    Typed typed = expressions.key(key, at.at("key"));
    expressions.elements().map(data, typed, Typed.runtime(Datatypes.VERDICT, 0), at.at("data"));
  }

  private void match(Condition.Match match, Pointer at) {
    Expression left = match.left();
    if (left instanceof MapLookup) {
      throw new Refusal(at.at("left"), "a map on the left side ends nft 1.0.6");
    }
    places.check(left, Places.ANYWHERE, at.at("left"));
    places.check(match.right(), Places.RIGHT, at.at("right"));
    Typed typed = expressions.check(left, null, at.at("left"));
    if (typed.isConstant()) {
      throw new Refusal(at.at("left"), "both sides are constant");
    }
    if (isRoute(left) && match.right() instanceof Value.Bool) {
      // Whether there is a route at all.
      typed = Typed.runtime(Datatypes.BOOLEAN, 1);
    }
    operation(left, typed, match.right(), at);
    Typed right = expressions.check(match.right(), typed, at.at("right"));
    compare(match.comparison(), typed, right, at);
    boolean holds = match.comparison() == Comparison.EQUAL || match.comparison() == Comparison.IN;
    if (holds && left instanceof Selector selector) {
      scope.layers().learn(selector, right);
    }
  }

  /** What nftables compares with nothing: shifted symbols, and security marks. */
  private void operation(Expression left, Typed typed, Expression right, Pointer at) {
    boolean isShift =
        left instanceof BinaryOperation(BinaryOperator operator, List<Expression> _)
            && (operator == BinaryOperator.SHIFT_LEFT || operator == BinaryOperator.SHIFT_RIGHT);
    if (isShift && !typed.type().isPlain()) {
      scope.need(Feature.MARK_FROM_OTHER_TYPES, at.at("left"));
    }
    boolean isSecurityMark =
        (left instanceof Selector.Meta(MetaKey meta) && meta == MetaKey.SECMARK)
            || (left instanceof Selector.Ct(CtKey ct, var _) && ct == CtKey.SECMARK);
    if (isSecurityMark && right instanceof Value) {
      throw new Refusal(at.at("right"), "a security mark is compared with no constant");
    }
  }

  private static boolean isRoute(Expression left) {
    return left instanceof Selector.Fib(FibResult result, List<FibFlag> _)
        && result != FibResult.TYPE;
  }

  private static void compare(Comparison comparison, Typed left, Typed right, Pointer at) {
    if (!right.isConstant()) {
      throw new Refusal(at.at("right"), "a constant is expected on the right side");
    }
    ExpressionCheck.same(right, left, at.at("right"));
    if (right.kind() == Typed.Kind.CONCATENATION) {
      throw new Refusal(at.at("right"), "concatenations are compared with sets only");
    }
    boolean isSingle = right.kind() == Typed.Kind.VALUE;
    switch (comparison) {
      case EQUAL, NOT_EQUAL, IN -> {}
      case LESS, GREATER, LESS_OR_EQUAL, GREATER_OR_EQUAL -> {
        if (!isSingle || left.kind() == Typed.Kind.CONCATENATION) {
          throw new Refusal(at.at("op"), "\"" + comparison.word() + "\" compares single values");
        }
      }
      case NONE_OF -> {
        if (!isSingle || left.type().base() != Datatype.Base.BITMASK) {
          throw new Refusal(at.at("op"), "\"!\" compares flags");
        }
      }
    }
  }
}
