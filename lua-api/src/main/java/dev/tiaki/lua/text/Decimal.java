package dev.tiaki.lua.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The decimal digits of a finite double, rounded half to even from its exact value as C libraries
 * do.
 *
 * @param digits the significant digits, the first one not zero unless the value is zero
 * @param exponent the power of ten of the first digit
 */
record Decimal(String digits, int exponent) {

  /** Rounds a finite, non-negative value to a number of significant digits, at least one. */
  static Decimal significant(double value, int count) {
    if (value == 0) {
      return new Decimal("0".repeat(count), 0);
    }
    BigDecimal exact = new BigDecimal(value).round(new MathContext(count, RoundingMode.HALF_EVEN));
    String digits = exact.unscaledValue().toString();
    int exponent = digits.length() - 1 - exact.scale();
    String padded =
        digits.length() < count
            ? digits + "0".repeat(count - digits.length())
            : digits.substring(0, count);
    return new Decimal(padded, exponent);
  }

  /** Writes a finite, non-negative value with a fixed number of digits after the point. */
  static String fixed(double value, int places) {
    return new BigDecimal(value).setScale(places, RoundingMode.HALF_EVEN).toPlainString();
  }
}
