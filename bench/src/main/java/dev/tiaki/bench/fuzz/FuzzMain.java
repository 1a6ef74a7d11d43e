package dev.tiaki.bench.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The long run: {@code --inputs N} in all (default 1 000 000), shared evenly between the targets;
 * {@code --target NAME} for one of them, {@code --seed N}, {@code --batch N} to begin later, {@code
 * --corpus FOLDER} for real captures as seeds, {@code --rules FOLDER} for the rule files.
 *
 * <p>Prints a line for each slice of a target. Exit status 1 after a failure, 3 when an input takes
 * longer than 30 seconds.
 */
public final class FuzzMain {
  private static final int SLICES = 5;

  /** Growth of the heap that is not yet a leak: caches, compiled rules, counters. */
  private static final long GROWTH_BYTES = 24L << 20;

  private long inputs = 1_000_000;
  private long seed = 20_261_121;
  private long batch;
  private List<FuzzTarget> targets = List.of(FuzzTarget.values());
  private List<Path> corpus = List.of();
  private Path rules = Path.of("bench", "rules", "fuzz");

  private FuzzMain() {}

  /** Runs; see the class comment for the arguments. */
  public static void main(String[] args) throws IOException {
    FuzzMain main = new FuzzMain();
    main.read(args);
    if (!main.run()) {
      System.exit(1);
    }
  }

  private void read(String[] args) throws IOException {
    for (int i = 0; i + 1 < args.length; i += 2) {
      String value = args[i + 1];
      switch (args[i]) {
        case "--inputs" -> inputs = Long.parseLong(value);
        case "--seed" -> seed = Long.parseLong(value);
        case "--batch" -> batch = Long.parseLong(value);
        case "--target" -> targets = List.of(FuzzTarget.of(value));
        case "--corpus" -> corpus = captures(Path.of(value));
        case "--rules" -> rules = Path.of(value);
        default -> throw new IllegalArgumentException("unknown option '" + args[i] + "'");
      }
    }
  }

  private static List<Path> captures(Path folder) throws IOException {
    Set<String> endings = Set.of("pcap", "pcapng", "cap");
    try (Stream<Path> files = Files.walk(folder)) {
      return new ArrayList<>(
          files
              .filter(file -> endings.contains(file.toString().replaceFirst(".*\\.", "")))
              .sorted()
              .toList());
    }
  }

  private boolean run() throws IOException {
    long share = Math.ceilDiv(inputs, targets.size());
    long begun = System.nanoTime();
    int failed = 0;
    for (FuzzTarget target : targets) {
      FuzzRun run = new FuzzRun(target, rules, corpus, seed);
      try (HangWatch _ = new HangWatch(target, run)) {
        slices(target, run, share);
      } catch (FuzzFailure failure) {
        failure.printStackTrace();
        failed++;
      }
    }
    System.out.printf(
        "%d inputs for each of %d targets, %d s: %s%n",
        share,
        targets.size(),
        (System.nanoTime() - begun) / 1_000_000_000,
        failed == 0 ? "no crash, no hang, no growth" : failed + " targets failed");
    return failed == 0;
  }

  private void slices(FuzzTarget target, FuzzRun run, long share) {
    long batches = Math.ceilDiv(share, FuzzRun.BATCH_INPUTS);
    long step = Math.ceilDiv(batches, SLICES);
    long first = 0;
    for (long done = 0; done < batches; done += step) {
      long slice = Math.min(step * FuzzRun.BATCH_INPUTS, share - done * FuzzRun.BATCH_INPUTS);
      long begun = System.nanoTime();
      run.run(batch + done, slice);
      long heap = usedBytes();
      first = done == 0 ? heap : first;
      System.out.printf(
          "%s: %d inputs from %d seeds, %d packets in all, %d inputs/s, heap %d KiB%n",
          target.word(),
          slice,
          run.seeds(),
          run.frames(),
          slice * 1_000_000_000 / Math.max(1, System.nanoTime() - begun),
          heap >> 10);
      if (heap > first + GROWTH_BYTES) {
        throw new FuzzFailure(
            "%s: the heap grew from %d to %d bytes".formatted(target.word(), first, heap), null);
      }
    }
  }

  private static long usedBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
