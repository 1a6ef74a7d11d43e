package dev.tiaki.dissector.fuzz;

import dev.tiaki.traffic.fuzz.ByteMutator;
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

  private final Random random;
  private final ByteMutator mutator;
  private final List<byte[]> seeds;

  private Mutations(long seed, List<byte[]> seeds) {
    this.random = new Random(seed);
    this.mutator = new ByteMutator(random);
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
      input = mutator.mutated(input, seeds.get(random.nextInt(seeds.size())));
    }
    return input;
  }
}
