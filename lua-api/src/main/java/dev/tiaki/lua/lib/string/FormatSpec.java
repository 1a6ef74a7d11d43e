package dev.tiaki.lua.lib.string;

import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.text.ByteText;
import dev.tiaki.lua.text.CFloat;
import java.util.Locale;
import org.luaj.vm2.LuaString;

/**
 * One conversion of a format, such as {@code -08.3f}.
 *
 * @param flags those of {@code "-+ #0"} that stand there
 * @param width the least number of characters, 0 when not given
 * @param precision the digits after the point, -1 when not given
 * @param conversion the letter, 0 when the format ends before it
 * @param end the index behind the letter
 * @param text the conversion as it stands, for messages
 */
record FormatSpec(String flags, int width, int precision, char conversion, int end, String text) {
  private static final String FLAGS = "-+ #0";
  private static final int MOST_DIGITS = 2;

  /** More characters than any conversion that is right has. */
  private static final int LONGEST = 16;

  /** Parses the conversion whose first character after the percent sign is at {@code start}. */
  static FormatSpec parse(LuaString format, int start) {
    String all = ByteText.of(format.substring(start, Math.min(format.m_length, start + LONGEST)));
    int p = 0;
    while (p < all.length() && FLAGS.indexOf(all.charAt(p)) >= 0) {
      p++;
    }
    String flags = all.substring(0, p);
    if (flags.length() > FLAGS.length()) {
      throw Raised.at("invalid format (repeated flags)");
    }
    int widthEnd = digits(all, p);
    int width = number(all, p, widthEnd);
    int precision = -1;
    p = widthEnd;
    if (p < all.length() && all.charAt(p) == '.') {
      int precisionEnd = digits(all, p + 1);
      precision = number(all, p + 1, precisionEnd);
      p = precisionEnd;
    }
    if (p < all.length() && Character.isDigit(all.charAt(p))) {
      throw Raised.at("invalid format (width or precision too long)");
    }
    char letter = p < all.length() ? all.charAt(p) : 0;
    int end = Math.min(p + 1, all.length());
    return new FormatSpec(flags, width, precision, letter, start + end, all.substring(0, end));
  }

  private static int digits(String text, int start) {
    int p = start;
    while (p < text.length() && p < start + MOST_DIGITS && Character.isDigit(text.charAt(p))) {
      p++;
    }
    return p;
  }

  private static int number(String text, int start, int end) {
    return start == end ? 0 : Integer.parseInt(text.substring(start, end));
  }

  private boolean has(char flag) {
    return flags.indexOf(flag) >= 0;
  }

  /** Says whether the text goes to the left of its field. */
  boolean left() {
    return has('-');
  }

  /** Writes a signed whole number. */
  String signed(long value) {
    String digits = value < 0 ? Long.toString(value).substring(1) : Long.toString(value);
    return whole(sign(value < 0), digits);
  }

  /** Writes a whole number as unsigned, in base 10, 16 or 8. */
  String unsigned(long value) {
    String digits =
        switch (conversion) {
          case 'x' -> Long.toHexString(value);
          case 'X' -> Long.toHexString(value).toUpperCase(Locale.ROOT);
          case 'o' -> (has('#') && value != 0 ? "0" : "") + Long.toOctalString(value);
          default -> Long.toUnsignedString(value);
        };
    boolean hex = conversion == 'x' || conversion == 'X';
    return whole(hex && has('#') && value != 0 ? "0" + conversion : "", digits);
  }

  private String whole(String prefix, String digits) {
    if (precision < 0) {
      return padded(prefix, digits, has('0'));
    }
    // C writes nothing at all for zero with precision zero
    String shown = precision == 0 && digits.equals("0") ? "" : digits;
    return padded(prefix, "0".repeat(Math.max(0, precision - shown.length())) + shown, false);
  }

  /** Writes a double with {@code %e}, {@code %f} or {@code %g}. */
  String floating(double value) {
    boolean negative = value < 0 || (value == 0 && 1 / value < 0);
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return padded(sign(value < 0), cased(Double.isNaN(value) ? "nan" : "inf"), false);
    }
    int digits = precision < 0 ? 6 : precision;
    String text =
        switch (Character.toLowerCase(conversion)) {
          case 'e' -> CFloat.scientific(value, digits, has('#'));
          case 'f' -> CFloat.fixed(value, digits, has('#'));
          default -> CFloat.general(value, digits, has('#'));
        };
    return padded(sign(negative), cased(text), has('0'));
  }

  /** Writes a double in base 16, {@code %a}. */
  String hexadecimal(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return floating(value);
    }
    String java = Double.toHexString(Math.abs(value));
    String trimmed = java.replace(".0p", "p").replaceFirst("p(?!-)", "p+");
    return padded(sign(value < 0), cased(trimmed), false);
  }

  private String sign(boolean negative) {
    return negative ? "-" : has('+') ? "+" : has(' ') ? " " : "";
  }

  private String cased(String text) {
    return Character.isUpperCase(conversion) ? text.toUpperCase(Locale.ROOT) : text;
  }

  private String padded(String prefix, String digits, boolean zeros) {
    int missing = Math.max(0, width - prefix.length() - digits.length());
    if (left()) {
      return prefix + digits + " ".repeat(missing);
    }
    return zeros ? prefix + "0".repeat(missing) + digits : " ".repeat(missing) + prefix + digits;
  }
}
