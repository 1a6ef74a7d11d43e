package dev.tiaki.netfilter.conntrack;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.Collectors;

/** The 128 label bits of a flow. On a little endian machine bit n is octet n/8, bit n%8. */
public final class Labels {
  /** How many labels there are. */
  public static final int COUNT = 128;

  private final byte[] octets;

  private Labels(byte[] octets) {
    this.octets = octets;
  }

  /** Returns the labels that these octets are. */
  public static Labels ofOctets(byte[] octets) {
    return new Labels(octets.clone());
  }

  /** Returns these label bits, each 0 to 127. */
  public static Labels of(int... bits) {
    BitSet set = new BitSet(COUNT);
    for (int bit : bits) {
      if (bit < 0 || bit >= COUNT) {
        throw new IllegalArgumentException("label=" + bit);
      }
      set.set(bit);
    }
    return new Labels(Arrays.copyOf(set.toByteArray(), COUNT / 8));
  }

  /** Tells whether this label is set. */
  public boolean has(int bit) {
    return bits().get(bit);
  }

  /** Returns the labels as a set of bits. */
  public BitSet bits() {
    return BitSet.valueOf(octets);
  }

  /** Returns a copy of the octets. */
  public byte[] octets() {
    return octets.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Labels labels && bits().equals(labels.bits());
  }

  @Override
  public int hashCode() {
    return bits().hashCode();
  }

  /** Returns the label numbers separated by commas. */
  @Override
  public String toString() {
    return bits().stream().mapToObj(Integer::toString).collect(Collectors.joining(","));
  }
}
