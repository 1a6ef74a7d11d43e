package dev.tiaki.netfilter.conntrack;

import java.net.InetAddress;

/**
 * What an address and port become.
 *
 * @param address the new address
 * @param port the new port, -1 to leave it to the kernel
 */
public record NatTarget(InetAddress address, int port) {
  /** Checks the range of the port. */
  public NatTarget {
    if (port < -1 || port > 0xffff) {
      throw new IllegalArgumentException("port=" + port);
    }
  }

  static NatTarget sourceOf(Flow flow) {
    return new NatTarget(flow.reply().destination(), flow.reply().destinationPort());
  }

  static NatTarget destinationOf(Flow flow) {
    return new NatTarget(flow.reply().source(), flow.reply().sourcePort());
  }
}
