package dev.tiaki.dissector.dns;

/**
 * How DNS is followed.
 *
 * @param maxPendingPerFlow how many queries of one flow may wait for their responses
 * @param maxPendingBytes how many octets all waiting queries of a worker may have; beyond either
 *     bound the oldest is forgotten
 */
public record DnsSettings(int maxPendingPerFlow, int maxPendingBytes) {
  /** 512 queries a flow, 16 MB in all. */
  public static final DnsSettings DEFAULTS = new DnsSettings(512, 16 << 20);

  /** Refuses bounds below one query. */
  public DnsSettings {
    if (maxPendingPerFlow < 1 || maxPendingBytes < DnsMessage.MAX_BYTES) {
      throw new IllegalArgumentException(
          "maxPendingPerFlow=" + maxPendingPerFlow + ", maxPendingBytes=" + maxPendingBytes);
    }
  }
}
