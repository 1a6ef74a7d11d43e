package dev.tiaki.netfilter.nftables.compare;

import java.math.BigInteger;
import java.net.InetAddress;

/** Masks of addresses. */
final class Masks {
  private Masks() {}

  /** Returns the length of the prefix that a mask selects, or -1 when it selects none. */
  static int prefixLength(String mask) {
    try {
      byte[] octets = InetAddress.ofLiteral(mask).getAddress();
      int bits = octets.length * 8;
      BigInteger number = new BigInteger(1, octets);
      int zeros = number.signum() == 0 ? bits : number.getLowestSetBit();
      return number.bitCount() + zeros == bits ? bits - zeros : -1;
    } catch (IllegalArgumentException e) {
      return -1;
    }
  }
}
