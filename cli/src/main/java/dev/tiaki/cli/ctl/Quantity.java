package dev.tiaki.cli.ctl;

import java.util.Locale;

/** Large numbers as people read them. */
final class Quantity {
  private static final String UNITS = "kMGT";
  private static final double THOUSAND = 1000;

  private Quantity() {}

  /** Returns {@code count} with a unit when it has more than four digits: 12.3M. */
  static String of(long count) {
    if (count < 10 * THOUSAND) {
      return Long.toString(count);
    }
    double value = count;
    int unit = -1;
    while (value >= THOUSAND && unit < UNITS.length() - 1) {
      value /= THOUSAND;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f%c", value, UNITS.charAt(unit));
  }
}
