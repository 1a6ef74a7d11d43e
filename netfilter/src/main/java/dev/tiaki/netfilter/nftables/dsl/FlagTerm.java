package dev.tiaki.netfilter.nftables.dsl;

import dev.tiaki.netfilter.nftables.rule.BinaryOperation;
import dev.tiaki.netfilter.nftables.rule.BinaryOperator;
import dev.tiaki.netfilter.nftables.rule.Comparison;
import dev.tiaki.netfilter.nftables.rule.Composite;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.Statement;
import dev.tiaki.netfilter.nftables.rule.Value;
import dev.tiaki.netfilter.nftables.rule.Word;
import java.util.ArrayList;
import java.util.List;

/**
 * Flags of a packet or a connection.
 *
 * @param <F> the flags there are
 */
public final class FlagTerm<F extends Word> extends Term<F> {
  FlagTerm(Expression expression) {
    super(expression, flag -> new Value.Text(flag.word()));
  }

  /** At least one of these flags is set. */
  @SafeVarargs
  public final Statement any(F... flags) {
    List<Expression> constants = new ArrayList<>();
    for (F flag : flags) {
      constants.add(constant(flag));
    }
    return match(Comparison.IN, list(constants));
  }

  /** Of the flags in {@code mask} exactly these are set. */
  public Statement exactly(List<F> flags, List<F> mask) {
    return new Term<Expression>(
            BinaryOperation.of(expression(), BinaryOperator.AND, joined(mask)), value -> value)
        .eq(joined(flags));
  }

  private Expression joined(List<F> flags) {
    if (flags.isEmpty()) {
      return Values.number(0);
    }
    Expression joined = constant(flags.getFirst());
    for (F flag : flags.subList(1, flags.size())) {
      joined = BinaryOperation.of(joined, BinaryOperator.OR, constant(flag));
    }
    return joined;
  }

  private static Expression list(List<Expression> flags) {
    return flags.size() == 1 ? flags.getFirst() : new Composite.Flags(flags);
  }
}
