package dev.tiaki.lua.text;

/**
 * Doubles as C's printf writes them with {@code %e}, {@code %f} and {@code %g}, without padding.
 */
public final class CFloat {
  private CFloat() {}

  /** Writes {@code |value|} as {@code %.<precision>f}; {@code alternate} keeps a bare point. */
  public static String fixed(double value, int precision, boolean alternate) {
    String text = Decimal.fixed(Math.abs(value), precision);
    return alternate && precision == 0 ? text + "." : text;
  }

  /** Writes {@code |value|} as {@code %.<precision>e}; {@code alternate} keeps a bare point. */
  public static String scientific(double value, int precision, boolean alternate) {
    Decimal decimal = Decimal.significant(Math.abs(value), precision + 1);
    return scientific(decimal, decimal.digits().substring(1), alternate);
  }

  /**
   * Writes {@code |value|} as {@code %.<precision>g}: the shorter of both forms without trailing
   * zeros, which {@code alternate} keeps.
   */
  public static String general(double value, int precision, boolean alternate) {
    int count = Math.max(1, precision);
    Decimal decimal = Decimal.significant(Math.abs(value), count);
    int exponent = decimal.exponent();
    String digits = decimal.digits();
    String kept = alternate ? digits : withoutTrailingZeros(digits);
    if (exponent < -4 || exponent >= count) {
      return scientific(decimal, kept.substring(1), alternate);
    }
    if (exponent < 0) {
      return "0." + "0".repeat(-exponent - 1) + kept;
    }
    String whole = digits.substring(0, exponent + 1);
    String fraction = kept.length() > exponent + 1 ? kept.substring(exponent + 1) : "";
    return fraction.isEmpty() && !alternate ? whole : whole + "." + fraction;
  }

  private static String scientific(Decimal decimal, String fraction, boolean alternate) {
    int exponent = decimal.exponent();
    String point = fraction.isEmpty() && !alternate ? "" : ".";
    String sign = exponent < 0 ? "e-" : "e+";
    int size = Math.abs(exponent);
    return decimal.digits().charAt(0) + point + fraction + sign + (size < 10 ? "0" : "") + size;
  }

  private static String withoutTrailingZeros(String digits) {
    int end = digits.length();
    while (end > 1 && digits.charAt(end - 1) == '0') {
      end--;
    }
    return digits.substring(0, end);
  }
}
