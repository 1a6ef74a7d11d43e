package dev.tiaki.netfilter.conntrack;

/**
 * What the table in memory needs to know of a TCP header, RFC 9293 section 3.1.
 *
 * @param flags the flag bits, {@link TcpFlags}; others are passed over
 * @param sequence the sequence number's 32 bits
 * @param acknowledgement the acknowledgement number's 32 bits
 * @param window the window as it stands in the header, without its scale
 * @param payloadBytes how many octets of data follow the header
 */
public record TcpSegment(
    int flags, int sequence, int acknowledgement, int window, int payloadBytes) {
  /** Returns the sequence number behind this segment; SYN and FIN count as one octet each. */
  int end() {
    return sequence + payloadBytes + (flags & TcpFlags.FIN) + ((flags & TcpFlags.SYN) >> 1);
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }
}
