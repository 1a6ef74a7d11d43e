package dev.tiaki.traffic.fuzz;

import java.util.Arrays;
import java.util.Random;

/** Damages octets in small steps: bits, edge values, cuts, repetitions, pieces of other inputs. */
public final class ByteMutator {
  /** What an input is cut to, octets. */
  private static final int MAX_BYTES = 4096;

  private static final int MAX_SPLICED_BYTES = 256;
  private static final int[] EDGES = {0, 1, 0x3f, 0x40, 0x7f, 0x80, 0xc0, 0xff};

  private final Random random;

  /** Makes a mutator that takes its decisions from {@code random}. */
  public ByteMutator(Random random) {
    this.random = random;
  }

  /**
   * Returns a copy with one more fault.
   *
   * @param donor another good input, pieces of which may be put in
   */
  public byte[] mutated(byte[] input, byte[] donor) {
    if (input.length == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    byte[] copy = input.clone();
    int at = random.nextInt(copy.length);
    switch (random.nextInt(7)) {
      case 0 -> copy[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> copy[at] = (byte) EDGES[random.nextInt(EDGES.length)];
      case 2 -> copy[at] += (byte) (random.nextInt(9) - 4);
      case 3 -> copy = Arrays.copyOf(copy, at);
      case 4 -> copy = spliced(copy, at, donor);
      case 5 -> copy = spliced(copy, at, Arrays.copyOfRange(copy, at / 2, at));
      default -> copy = without(copy, at, 1 + random.nextInt(8));
    }
    return copy;
  }

  private byte[] spliced(byte[] input, int at, byte[] other) {
    int from = random.nextInt(other.length + 1);
    int count = Math.min(other.length - from, MAX_SPLICED_BYTES);
    byte[] whole = new byte[input.length + count];
    System.arraycopy(input, 0, whole, 0, at);
    System.arraycopy(other, from, whole, at, count);
    System.arraycopy(input, at, whole, at + count, input.length - at);
    return whole.length > MAX_BYTES ? Arrays.copyOf(whole, MAX_BYTES) : whole;
  }

  private static byte[] without(byte[] input, int at, int count) {
    int end = Math.min(input.length, at + count);
    byte[] less = new byte[input.length - (end - at)];
    System.arraycopy(input, 0, less, 0, at);
    System.arraycopy(input, end, less, at, input.length - end);
    return less;
  }
}
