package dev.tiaki.bench.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * Runs one target in batches. All inputs of a batch follow from the run's seed and the batch's
 * number, so that a failing batch can be repeated alone.
 */
public final class FuzzRun {
  private static final int MAX_SHOWN = 4000;
  static final int BATCH_INPUTS = 2000;

  private final FuzzTarget target;
  private final FuzzedWorker worker;
  private final List<List<Piece>> seeds;
  private final long seed;

  /** The number of the input that runs, from 0; what a watch looks at. */
  private volatile long current;

  /**
   * Makes a run.
   *
   * @param rules the folder of the rule files, one for each target
   * @param corpus captures whose packets are inputs too
   * @param seed the number that all inputs follow from
   * @throws IOException when the rules or a capture cannot be read
   */
  public FuzzRun(FuzzTarget target, Path rules, List<Path> corpus, long seed) throws IOException {
    this.target = target;
    this.worker = new FuzzedWorker(rules.resolve(target.ruleFile()));
    this.seeds = CorpusSeeds.with(target.seeds(), target, corpus);
    this.seed = seed;
  }

  /** Returns how many good inputs there are to break. */
  public int seeds() {
    return seeds.size();
  }

  /** Returns the number of the input that is processed; any thread may ask. */
  public long current() {
    return current;
  }

  /** Returns how many frames all inputs had. */
  public long frames() {
    return worker.frames();
  }

  /**
   * Runs inputs from a batch on.
   *
   * @param firstBatch the number of the first batch, from 0
   * @param inputs how many inputs there are to be; the last batch may be a part of one
   * @throws FuzzFailure when something that must hold does not
   */
  public void run(long firstBatch, long inputs) {
    long left = inputs;
    for (long batch = firstBatch; left > 0; batch++) {
      int count = (int) Math.min(BATCH_INPUTS, left);
      try {
        batch(batch, count);
      } catch (FuzzFailure failure) {
        throw new FuzzFailure(
            "%s: seed %d, batch %d: %s".formatted(target.word(), seed, batch, failure.getMessage()),
            failure);
      }
      left -= count;
    }
  }

  private void batch(long batch, int count) {
    long first = worker.frames() + 1;
    Random random = new Random(seed * 1_000_003 + batch);
    InputMutator mutator = new InputMutator(seeds, random);
    for (int i = 0; i < count; i++) {
      List<Piece> input = mutator.next();
      long number = batch * BATCH_INPUTS + i;
      current = number;
      try {
        worker.receive(target.carrier().frames(number, input, random));
      } catch (RuntimeException | Error failure) {
        throw new FuzzFailure("input " + i + ":" + text(input) + ": " + failure, failure);
      }
    }
    try {
      worker.endBatch();
    } catch (FuzzFailure failure) {
      throw new FuzzFailure(failure.getMessage() + ", the first being " + first, failure);
    }
  }

  private static String text(List<Piece> input) {
    StringBuilder text = new StringBuilder();
    for (Piece piece : input) {
      text.append(piece.fromClient() ? " > " : " < ");
      text.append(HexFormat.of().formatHex(piece.octets()));
    }
    if (text.length() > MAX_SHOWN) {
      text.setLength(MAX_SHOWN);
      text.append("...");
    }
    return text.toString();
  }
}
