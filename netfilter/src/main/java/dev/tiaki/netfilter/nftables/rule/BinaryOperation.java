package dev.tiaki.netfilter.nftables.rule;

import java.util.List;

/**
 * Arithmetic on bits.
 *
 * @param operator how the operands are joined, from left to right
 * @param operands two; since nftables 1.1.1 there may be more for {@code | ^ &}
 */
public record BinaryOperation(BinaryOperator operator, List<Expression> operands)
    implements Expression {
  /** Checks that there are two operands at least. */
  public BinaryOperation {
    operands = List.copyOf(operands);
    if (operands.size() < 2) {
      throw new IllegalArgumentException("operands=" + operands.size());
    }
  }

  /** Returns {@code left operator right}. */
  public static BinaryOperation of(Expression left, BinaryOperator operator, Expression right) {
    return new BinaryOperation(operator, List.of(left, right));
  }
}
