package dev.tiaki.dissector.ip;

import java.time.Duration;

/**
 * How much may wait for missing fragments.
 *
 * @param maxDatagrams datagrams in reassembly at once; the oldest gives way
 * @param maxFragmentsPerDatagram fragments of one datagram; one more discards the datagram
 * @param maxHeldBytes memory of held frames in all; the oldest datagram gives way
 * @param timeout how long after its first fragment a datagram is waited for
 */
public record FragmentLimits(
    int maxDatagrams, int maxFragmentsPerDatagram, long maxHeldBytes, Duration timeout) {
  /** Limits for IPv4; Linux waits 30 s as well. */
  public static final FragmentLimits IPV4 =
      new FragmentLimits(4096, 512, 16 << 20, Duration.ofSeconds(30));

  /** Limits for IPv6; 60 s is what RFC 8200 section 4.5 asks for. */
  public static final FragmentLimits IPV6 =
      new FragmentLimits(4096, 512, 16 << 20, Duration.ofSeconds(60));

  /** Refuses limits that let nothing be reassembled. */
  public FragmentLimits {
    if (maxDatagrams < 1) {
      throw new IllegalArgumentException("maxDatagrams=" + maxDatagrams);
    }
    if (maxFragmentsPerDatagram < 2) {
      throw new IllegalArgumentException("maxFragmentsPerDatagram=" + maxFragmentsPerDatagram);
    }
    if (maxHeldBytes < 1) {
      throw new IllegalArgumentException("maxHeldBytes=" + maxHeldBytes);
    }
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("timeout=" + timeout);
    }
  }

  /** Returns the same limits with a timeout of {@code least} or more. */
  public FragmentLimits waitingAtLeast(Duration least) {
    return timeout.compareTo(least) >= 0
        ? this
        : new FragmentLimits(maxDatagrams, maxFragmentsPerDatagram, maxHeldBytes, least);
  }
}
