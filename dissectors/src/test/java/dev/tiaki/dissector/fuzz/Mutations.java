package dev.tiaki.dissector.fuzz;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Feeds a target with broken copies of good inputs. How many is {@code -Dtiaki.fuzz.inputs=N};
 * {@code -Dtiaki.seed=N} repeats a run. An input on which the target throws is reported whole.
 */
public final class Mutations {
  private static final long INPUTS = 20_000;
  private static final int MAX_STEPS = 6;
  private static final int[] EDGES = {0, 1, 0x3f, 0x40, 0x7f, 0x80, 0xc0, 0xff};

  private final Random random;
  private final List<byte[]> seeds;

  private Mutations(long seed, List<byte[]> seeds) {
    this.random = new Random(seed);
    this.seeds = seeds;
  }

  /** Runs {@code target} on as many inputs as asked for. */
  public static void run(List<byte[]> seeds, Consumer<byte[]> target) {
    long seed = Long.getLong("tiaki.seed", System.nanoTime());
    long inputs = Long.getLong("tiaki.fuzz.inputs", INPUTS);
    Mutations mutations = new Mutations(seed, seeds);
    seeds.forEach(target);
    for (long i = 0; i < inputs; i++) {
      byte[] input = mutations.next();
      try {
        target.accept(input);
      } catch (RuntimeException | Error failure) {
        throw new AssertionError(
            "seed " + seed + ", input " + i + ": " + HexFormat.of().formatHex(input), failure);
      }
    }
  }

  private byte[] next() {
    byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
    for (int steps = 1 + random.nextInt(MAX_STEPS); steps > 0; steps--) {
      input = mutated(input);
    }
    return input;
  }

  private byte[] mutated(byte[] input) {
    if (input.length == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    int at = random.nextInt(input.length);
    switch (random.nextInt(6)) {
      case 0 -> input[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> input[at] = (byte) EDGES[random.nextInt(EDGES.length)];
      case 2 -> input[at] += (byte) (random.nextInt(9) - 4);
      case 3 -> {
        return Arrays.copyOf(input, at);
      }
      case 4 -> {
        return spliced(input, at, seeds.get(random.nextInt(seeds.size())));
      }
      default -> {
        return spliced(input, at, Arrays.copyOfRange(input, at / 2, at));
      }
    }
    return input;
  }

  private byte[] spliced(byte[] input, int at, byte[] other) {
    int from = random.nextInt(other.length + 1);
    int count = Math.min(other.length - from, 256);
    byte[] whole = Arrays.copyOf(input, at + count + input.length - at);
    System.arraycopy(other, from, whole, at, count);
    System.arraycopy(input, at, whole, at + count, input.length - at);
    return whole.length > 4096 ? Arrays.copyOf(whole, 4096) : whole;
  }
}
