package dev.tiaki.netfilter.conntrack;

import java.net.InetAddress;

/** One end of a direction. */
public enum FlowEnd {
  /** Who sends. */
  SOURCE,
  /** Who receives. */
  DESTINATION;

  /** Returns this end's address. */
  public InetAddress address(Tuple tuple) {
    return this == SOURCE ? tuple.source() : tuple.destination();
  }

  /** Returns this end's port or key, -1 when there is none. */
  public int port(Tuple tuple) {
    return this == SOURCE ? tuple.sourcePort() : tuple.destinationPort();
  }
}
