package dev.tiaki.lua.lib.math;

import dev.tiaki.lua.lib.Arguments;
import dev.tiaki.lua.lib.Builtin;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The math library. */
public final class MathLibrary {
  private MathLibrary() {}

  /** Makes the library's table, with a random sequence that is the same in every run. */
  public static LuaTable create() {
    LuaTable table = new LuaTable();
    table.rawset("pi", LuaValue.valueOf(Math.PI));
    table.rawset("huge", LuaValue.valueOf(Double.POSITIVE_INFINITY));
    addUnary(table);
    addBinary(table);
    Builtin.add(table, "log", MathLibrary::log);
    Builtin.add(table, "modf", MathLibrary::modf);
    Builtin.add(table, "frexp", MathLibrary::frexp);
    Builtin.add(table, "max", a -> fold(a, "max", Math::max));
    Builtin.add(table, "min", a -> fold(a, "min", Math::min));
    // seeded by a constant, as C's rand: a replay gives the same output each time
    Random random = new Random(1);
    Builtin.add(table, "random", a -> random(a, random));
    Builtin.add(
        table,
        "randomseed",
        a -> {
          random.setSeed(Arguments.integer(a, 1, "randomseed"));
          return LuaValue.NONE;
        });
    return table;
  }

  private static void addUnary(LuaTable table) {
    unary(table, "abs", Math::abs);
    unary(table, "ceil", Math::ceil);
    unary(table, "floor", Math::floor);
    unary(table, "sqrt", Math::sqrt);
    unary(table, "exp", Math::exp);
    unary(table, "log10", Math::log10);
    unary(table, "sin", Math::sin);
    unary(table, "cos", Math::cos);
    unary(table, "tan", Math::tan);
    unary(table, "asin", Math::asin);
    unary(table, "acos", Math::acos);
    unary(table, "atan", Math::atan);
    unary(table, "sinh", Math::sinh);
    unary(table, "cosh", Math::cosh);
    unary(table, "tanh", Math::tanh);
    unary(table, "deg", Math::toDegrees);
    unary(table, "rad", Math::toRadians);
  }

  private static void addBinary(LuaTable table) {
    binary(table, "pow", Math::pow);
    binary(table, "atan2", Math::atan2);
    binary(table, "fmod", (x, y) -> x % y);
    binary(table, "mod", (x, y) -> x % y);
    binary(table, "ldexp", (x, exponent) -> x * Math.pow(2, exponent));
  }

  private static void unary(LuaTable table, String name, DoubleUnaryOperator operator) {
    Builtin.add(
        table, name, a -> Arguments.valueOf(operator.applyAsDouble(Arguments.number(a, 1, name))));
  }

  private static void binary(LuaTable table, String name, DoubleBinaryOperator operator) {
    Builtin.add(
        table,
        name,
        a ->
            Arguments.valueOf(
                operator.applyAsDouble(
                    Arguments.number(a, 1, name), Arguments.number(a, 2, name))));
  }

  private static Varargs fold(Varargs a, String name, DoubleBinaryOperator operator) {
    double result = Arguments.number(a, 1, name);
    for (int i = 2; i <= a.narg(); i++) {
      result = operator.applyAsDouble(result, Arguments.number(a, i, name));
    }
    return Arguments.valueOf(result);
  }

  private static Varargs log(Varargs a) {
    double value = Arguments.number(a, 1, "log");
    if (a.isnoneornil(2)) {
      return Arguments.valueOf(Math.log(value));
    }
    double base = Arguments.number(a, 2, "log");
    return Arguments.valueOf(base == 10 ? Math.log10(value) : Math.log(value) / Math.log(base));
  }

  private static Varargs modf(Varargs a) {
    double value = Arguments.number(a, 1, "modf");
    double whole = value > 0 ? Math.floor(value) : Math.ceil(value);
    double rest = Double.isInfinite(value) ? 0 : value - whole;
    return LuaValue.varargsOf(Arguments.valueOf(whole), Arguments.valueOf(rest));
  }

  private static Varargs frexp(Varargs a) {
    double value = Arguments.number(a, 1, "frexp");
    if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
      return LuaValue.varargsOf(Arguments.valueOf(value), LuaInteger.valueOf(0));
    }
    int exponent = Math.getExponent(value);
    if (exponent < Double.MIN_EXPONENT) {
      // subnormal: scale up into the normal range first
      exponent = Math.getExponent(value * 0x1p54) - 54;
    }
    double mantissa = Math.scalb(value, -(exponent + 1));
    return LuaValue.varargsOf(Arguments.valueOf(mantissa), LuaInteger.valueOf(exponent + 1));
  }

  private static Varargs random(Varargs a, Random random) {
    double share = random.nextDouble();
    if (a.narg() == 0) {
      return LuaValue.valueOf(share);
    }
    double low = a.narg() == 1 ? 1 : Math.floor(Arguments.number(a, 1, "random"));
    double high = Math.floor(Arguments.number(a, a.narg() == 1 ? 1 : 2, "random"));
    if (low > high) {
      throw Arguments.bad(a.narg() == 1 ? 1 : 2, "random", "interval is empty");
    }
    return Arguments.valueOf(Math.floor(share * (high - low + 1)) + low);
  }
}
