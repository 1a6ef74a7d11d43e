package dev.tiaki.engine.flow;

/**
 * The addresses and ports of one packet, to look a flow up with. One instance is used for packet
 * after packet, so that a lookup allocates nothing.
 */
public final class FlowProbe {
  boolean ipv6;
  long sourceHigh;
  long sourceLow;
  long destinationHigh;
  long destinationLow;
  int sourcePort;
  int destinationPort;
  long network;
  int hash;

  /** Makes a probe that matches nothing until it is set. */
  public FlowProbe() {}

  /** Describes a packet between two IPv4 addresses, given as their 32 bits. */
  public void setIpv4(int source, int destination, int fromPort, int toPort) {
    set(false, 0, source & 0xffff_ffffL, 0, destination & 0xffff_ffffL, fromPort, toPort);
  }

  /** Describes a packet between two addresses, each in the two halves of {@code IpAddress}. */
  public void set(
      boolean isIpv6,
      long fromHigh,
      long fromLow,
      long toHigh,
      long toLow,
      int fromPort,
      int toPort) {
    ipv6 = isIpv6;
    sourceHigh = fromHigh;
    sourceLow = fromLow;
    destinationHigh = toHigh;
    destinationLow = toLow;
    sourcePort = fromPort;
    destinationPort = toPort;
    network = 0;
    hash = end(fromHigh, fromLow, fromPort) + end(toHigh, toLow, toPort);
  }

  /** Says which virtual network the packet is of; behind the call that describes it. */
  public void inNetwork(long virtual) {
    network = virtual;
    hash += Long.hashCode(virtual);
  }

  /** Describes a packet from the initiator of the flow {@code key}. */
  public void set(FlowKey key) {
    set(
        key.ipv6(),
        key.sourceHigh(),
        key.sourceLow(),
        key.destinationHigh(),
        key.destinationLow(),
        key.sourcePort(),
        key.destinationPort());
    inNetwork(key.network());
  }

  /** Returns the same packet's key, as the initiator's own packet makes it. */
  public FlowKey toKey() {
    return new FlowKey(
        ipv6,
        sourceHigh,
        sourceLow,
        destinationHigh,
        destinationLow,
        sourcePort,
        destinationPort,
        network);
  }

  /** Mixes one end; both ends are added up, so that either direction has the same hash. */
  static int end(long high, long low, int port) {
    long mixed = (high * 31 + low) * 0x9e37_79b9_7f4a_7c15L + port;
    mixed = (mixed ^ (mixed >>> 32)) * 0xd6e8_feb8_6659_fd93L;
    return (int) (mixed ^ (mixed >>> 32));
  }
}
