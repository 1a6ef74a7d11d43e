package dev.tiaki.engine.flow;

import dev.tiaki.engine.address.IpAddress;

/**
 * The two ends of a flow as its initiator's packets name them.
 *
 * @param ipv6 the family of both addresses
 * @param sourceHigh the first half of the initiator's address, 0 for IPv4
 * @param sourceLow the last half of it, or the unsigned number that is IPv4
 * @param destinationHigh the first half of the responder's address
 * @param destinationLow the last half of it
 * @param sourcePort the initiator's port, 0 to 65 535
 * @param destinationPort the responder's port, 0 to 65 535
 * @param network which virtual network the addresses are of, 0 outside tunnels
 */
public record FlowKey(
    boolean ipv6,
    long sourceHigh,
    long sourceLow,
    long destinationHigh,
    long destinationLow,
    int sourcePort,
    int destinationPort,
    long network) {

  /** Makes the key of a flow outside tunnels. */
  public FlowKey(
      boolean ipv6,
      long sourceHigh,
      long sourceLow,
      long destinationHigh,
      long destinationLow,
      int sourcePort,
      int destinationPort) {
    this(
        ipv6,
        sourceHigh,
        sourceLow,
        destinationHigh,
        destinationLow,
        sourcePort,
        destinationPort,
        0);
  }

  /** Returns the initiator's address. */
  public IpAddress source() {
    return address(sourceHigh, sourceLow);
  }

  /** Returns the responder's address. */
  public IpAddress destination() {
    return address(destinationHigh, destinationLow);
  }

  /** Returns the key of the same flow opened from the other end. */
  public FlowKey reversed() {
    return new FlowKey(
        ipv6,
        destinationHigh,
        destinationLow,
        sourceHigh,
        sourceLow,
        destinationPort,
        sourcePort,
        network);
  }

  /** Returns {@code a:p -> b:q}, as the connection log writes it. */
  @Override
  public String toString() {
    return source() + ":" + sourcePort + " -> " + destination() + ":" + destinationPort;
  }

  boolean isFrom(FlowProbe probe) {
    return sourceLow == probe.sourceLow
        && sourcePort == probe.sourcePort
        && destinationLow == probe.destinationLow
        && destinationPort == probe.destinationPort
        && sourceHigh == probe.sourceHigh
        && destinationHigh == probe.destinationHigh
        && network == probe.network
        && ipv6 == probe.ipv6;
  }

  boolean isTo(FlowProbe probe) {
    return destinationLow == probe.sourceLow
        && destinationPort == probe.sourcePort
        && sourceLow == probe.destinationLow
        && sourcePort == probe.destinationPort
        && destinationHigh == probe.sourceHigh
        && sourceHigh == probe.destinationHigh
        && network == probe.network
        && ipv6 == probe.ipv6;
  }

  int symmetricHash() {
    return FlowProbe.end(sourceHigh, sourceLow, sourcePort)
        + FlowProbe.end(destinationHigh, destinationLow, destinationPort)
        + Long.hashCode(network);
  }

  private IpAddress address(long high, long low) {
    return ipv6 ? IpAddress.ipv6(high, low) : IpAddress.ipv4((int) low);
  }
}
