package dev.tiaki.engine.capture;

/**
 * How an interface of a pcapng file counts time: units of 10^-n or 2^-n seconds since an offset.
 *
 * @param binary whether the base is 2
 * @param exponent n, 0 to 127
 * @param offsetSeconds what is added
 */
record TimestampUnit(boolean binary, int exponent, long offsetSeconds) {
  static final TimestampUnit MICROSECONDS = new TimestampUnit(false, 6, 0);

  private static final long BILLION = 1_000_000_000L;
  private static final int NANOSECONDS = 9;

  /** Reads the octet of an if_tsresol option: the highest bit says base 2. */
  static TimestampUnit of(int resolution, long offsetSeconds) {
    return new TimestampUnit((resolution & 0x80) != 0, resolution & 0x7f, offsetSeconds);
  }

  /** Tells whether a unit is less than a microsecond. */
  boolean isFinerThanMicroseconds() {
    return binary ? exponent >= 20 : exponent > 6; // 2^-20 seconds are 0.95 microseconds
  }

  /** Returns nanoseconds since the Unix epoch for an unsigned number of units. */
  long nanos(long units) {
    return offsetSeconds * BILLION + (binary ? binaryNanos(units) : decimalNanos(units));
  }

  private long decimalNanos(long units) {
    if (exponent <= NANOSECONDS) {
      return units * powerOfTen(NANOSECONDS - exponent);
    }
    int tooFine = exponent - NANOSECONDS;
    return tooFine > 19 ? 0 : Long.divideUnsigned(units, powerOfTen(tooFine));
  }

  private long binaryNanos(long units) {
    if (exponent == 0) {
      return units * BILLION;
    }
    if (exponent > 63) {
      return 0; // 64 bits of such units are less than two seconds
    }
    long seconds = units >>> exponent;
    long fraction = units & ((1L << exponent) - 1);
    long high = Math.multiplyHigh(fraction, BILLION);
    long low = fraction * BILLION;
    return seconds * BILLION + ((high << (64 - exponent)) | (low >>> exponent));
  }

  private static long powerOfTen(int n) {
    long power = 1;
    for (int i = 0; i < n; i++) {
      power *= 10;
    }
    return power;
  }
}
