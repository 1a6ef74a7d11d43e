package dev.tiaki.dissector.tls;

import java.util.List;

/** Numbers that mean nothing and keep receivers tolerant, RFC 8701. */
final class Grease {
  private Grease() {}

  /** Tells whether {@code number} is one of 0x0a0a, 0x1a1a … 0xfafa. */
  static boolean is(int number) {
    return (number & 0x0f0f) == 0x0a0a && number >> 8 == (number & 0xff);
  }

  static List<Integer> without(List<Integer> numbers) {
    return numbers.stream().filter(number -> !is(number)).toList();
  }

  static boolean anyIn(List<Integer> numbers) {
    return numbers.stream().anyMatch(Grease::is);
  }
}
