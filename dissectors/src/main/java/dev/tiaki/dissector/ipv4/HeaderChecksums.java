package dev.tiaki.dissector.ipv4;

/**
 * What a wrong IPv4 header checksum means on arrival. One of 0 was left to the network card and is
 * never wrong.
 */
public enum HeaderChecksums {
  /** Nothing: it is not looked at, as Haka does. */
  IGNORED,
  /** The packet is counted and goes on. */
  COUNTED,
  /** The packet is counted and dropped, as its receiver would do; not when only observing. */
  REQUIRED
}
