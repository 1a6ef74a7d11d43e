package dev.tiaki.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * One kind of traffic in two sizes; the slope between them is the cost in steady state.
 *
 * @param mode what the generator calls it
 * @param smallConnections connections in the small file
 * @param largeConnections connections in the large one
 */
record Load(String mode, int smallConnections, int largeConnections) {
  /** The four kinds that are measured. */
  static final List<Load> ALL =
      List.of(
          new Load("http", 100_000, 200_000),
          new Load("messy", 100_000, 200_000),
          new Load("c10k", 100_000, 200_000),
          new Load("elephant", 20, 60));

  /** Returns the file with {@code connections} connections in {@code folder}. */
  Path file(Path folder, int connections) {
    return folder.resolve(mode + "-" + connections + ".pcap");
  }
}
