package dev.tiaki.netfilter.nftables.check;

import dev.tiaki.netfilter.nftables.rule.BinaryOperation;
import dev.tiaki.netfilter.nftables.rule.BinaryOperator;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.version.Feature;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arithmetic on bits: operands that fit, shifts that leave something. */
final class OperationCheck {
  private final Scope scope;
  private final ExpressionCheck expressions;

  OperationCheck(Scope scope, ExpressionCheck expressions) {
    this.scope = scope;
    this.expressions = expressions;
  }

  Typed check(BinaryOperation operation, @Nullable Typed like, Pointer at) {
    BinaryOperator operator = operation.operator();
    List<Expression> operands = operation.operands();
    Pointer inside = at.at(operator.word());
    boolean isShift =
        operator == BinaryOperator.SHIFT_LEFT || operator == BinaryOperator.SHIFT_RIGHT;
    Typed left = expressions.check(operands.getFirst(), like, inside.at(0));
    for (int i = 1; i < operands.size(); i++) {
      left =
          isShift
              ? shift(left, operands.get(i), operator, inside.at(i))
              : bitwise(left, operands.get(i), operator, inside.at(i));
    }
    return left;
  }

  private static void numeric(Typed left, Pointer at) {
    boolean fits = left.type().isNumeric() || left.type().base() == Datatype.Base.STRING;
    if (!fits || left.isSpan()) {
      throw new Refusal(at, "no arithmetic with " + left.type().name());
    }
  }

  private Typed shift(Typed left, Expression right, BinaryOperator operator, Pointer at) {
    numeric(left, at);
    Typed amount = expressions.check(right, Typed.runtime(Datatypes.INTEGER, 32), at);
    BigInteger bits = amount.value();
    if (bits == null) {
      throw new Refusal(at, "a shift by a constant is expected");
    }
    if (bits.bitLength() > 31 || bits.intValue() >= readBits(left)) {
      throw new Refusal(at, "a shift by " + bits + " leaves nothing of " + left.bits() + " bits");
    }
    BigInteger value = left.value();
    if (value == null) {
      return Typed.runtime(left.type(), left.bits());
    }
    BigInteger shifted =
        operator == BinaryOperator.SHIFT_LEFT
            ? value.shiftLeft(bits.intValue())
            : value.shiftRight(bits.intValue());
    return Typed.value(left.type(), left.bits(), mask(shifted, left.bits()));
  }

  /** Fields that do not fill octets are read with those around them. */
  private static int readBits(Typed left) {
    return left.kind() == Typed.Kind.RUNTIME ? (left.bits() + 7) / 8 * 8 : left.bits();
  }

  private static BigInteger mask(BigInteger value, int bits) {
    return bits == 0 ? value : value.and(BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE));
  }

  private Typed bitwise(Typed left, Expression right, BinaryOperator operator, Pointer at) {
    numeric(left, at);
    Typed mask = expressions.check(right, Typed.runtime(left.type(), left.bits()), at);
    if (!mask.isConstant() && !Feature.VARIABLE_OPERANDS.isIn(scope.version())) {
      Scope.need(scope.version(), Feature.VARIABLE_OPERANDS, at);
    }
    if (mask.isConstant() && mask.kind() != Typed.Kind.VALUE) {
      throw new Refusal(at, "one constant is expected");
    }
    BigInteger one = left.value();
    BigInteger other = mask.value();
    if (!left.isConstant() || one == null || other == null) {
      return left.isConstant() && mask.isConstant()
          ? Typed.value(left.type(), left.bits(), null)
          : Typed.runtime(left.type(), left.bits());
    }
    BigInteger value =
        switch (operator) {
          case OR -> one.or(other);
          case XOR -> one.xor(other);
          case AND -> one.and(other);
          case SHIFT_LEFT, SHIFT_RIGHT -> throw new IllegalStateException("a shift");
        };
    return Typed.value(left.type(), left.bits(), value);
  }
}
