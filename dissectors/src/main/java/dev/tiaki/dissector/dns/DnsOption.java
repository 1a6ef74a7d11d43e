package dev.tiaki.dissector.dns;

import java.util.Arrays;

/**
 * An option of EDNS, or a parameter of a service binding.
 *
 * @param code its number, 0 to 65 535
 * @param data its octets
 */
@SuppressWarnings("ArrayRecordComponent") // octets of a message; equality is by content below
public record DnsOption(int code, byte[] data) {
  @Override
  public boolean equals(Object other) {
    return other instanceof DnsOption option
        && code == option.code
        && Arrays.equals(data, option.data);
  }

  @Override
  public int hashCode() {
    return 31 * code + Arrays.hashCode(data);
  }
}
