package dev.tiaki.bench;

import java.util.List;

/**
 * The cost of a packet in steady state: the slope of processor time between a small and a large
 * load.
 *
 * @param packets how many packets the large load has more than the small one
 * @param cpuSeconds the median difference in processor time
 */
record Measurement(long packets, double cpuSeconds) {

  /** Takes the median of the differences of paired runs. */
  static Measurement of(long packets, List<Double> differences) {
    List<Double> sorted = differences.stream().sorted().toList();
    return new Measurement(packets, sorted.get(sorted.size() / 2));
  }

  /** Returns nanoseconds of processor time a packet. */
  double nanosPerPacket() {
    return cpuSeconds * 1e9 / packets;
  }

  /** Returns how many times {@code floor} this costs. */
  double ratioTo(Measurement floor) {
    return nanosPerPacket() / floor.nanosPerPacket();
  }
}
