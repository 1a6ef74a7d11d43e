package dev.tiaki.cli.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a count or a size: a number of at least 1, with K, M or G for 2^10, 2^20, 2^30. */
final class SizeConverter implements ITypeConverter<Long> {
  private static final String SUFFIXES = "KMG";

  SizeConverter() {}

  @Override
  public Long convert(String value) {
    try {
      int suffix = SUFFIXES.indexOf(Character.toUpperCase(value.charAt(value.length() - 1)));
      String digits = suffix < 0 ? value : value.substring(0, value.length() - 1);
      long size = Math.multiplyExact(Long.parseLong(digits), 1L << (10 * (suffix + 1)));
      if (size < 1) {
        throw new TypeConversionException("'" + value + "' is less than 1");
      }
      return size;
    } catch (ArithmeticException | IndexOutOfBoundsException | NumberFormatException e) {
      throw new TypeConversionException(
          "'" + value + "' is no number; write for example 4096, 64K, 1M or 2G");
    }
  }
}
