package dev.tiaki.dissector.ip;

/**
 * What the fragments of one datagram have in common (RFC 791 section 3.2; RFC 8200 section 4.5,
 * where the protocol does not count and is 0 here).
 */
record FragmentKey(
    long sourceHigh,
    long sourceLow,
    long destinationHigh,
    long destinationLow,
    int identification,
    int protocol,
    long network) {
  static FragmentKey of(IpPacket ip, int identification, int protocol) {
    return new FragmentKey(
        ip.sourceHigh(),
        ip.sourceLow(),
        ip.destinationHigh(),
        ip.destinationLow(),
        identification,
        protocol,
        ip.packet().network());
  }
}
