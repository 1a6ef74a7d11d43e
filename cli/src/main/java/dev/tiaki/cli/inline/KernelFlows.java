package dev.tiaki.cli.inline;

import dev.tiaki.engine.address.IpAddress;
import dev.tiaki.engine.flow.FlowKey;
import dev.tiaki.netfilter.conntrack.Conntrack;
import dev.tiaki.netfilter.conntrack.Flow;
import dev.tiaki.netfilter.conntrack.Tuple;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Finds the kernel's entry of a flow whose addresses are known as its packets carry them between
 * destination and source translation: at the forward hook.
 *
 * <p>There a packet of the original direction goes from the original source to the reply's source,
 * so that the kernel finds the entry by these addresses when not more than one of the two is
 * translated. {@link TwiceTranslated} knows the others. The table is never searched: that takes a
 * walk over all entries.
 */
final class KernelFlows {
  private final Conntrack conntrack;
  private final TwiceTranslated translated;

  KernelFlows(Conntrack conntrack, TwiceTranslated translated) {
    this.conntrack = conntrack;
    this.translated = translated;
  }

  /** Returns the entry; empty when the kernel has none (yet). */
  Optional<Flow> find(int protocol, FlowKey key) throws IOException {
    Optional<Flow> found = translated.find(protocol, key);
    if (found.isPresent()) {
      return found;
    }
    Tuple seen = tuple(protocol, key);
    found = conntrack.get(seen, 0);
    return found.isPresent() ? found : conntrack.get(seen.mirrored(), 0);
  }

  static Tuple tuple(int protocol, FlowKey key) {
    return Tuple.ports(
        protocol,
        address(key.source()),
        key.sourcePort(),
        address(key.destination()),
        key.destinationPort());
  }

  static InetAddress address(IpAddress address) {
    try {
      return InetAddress.getByAddress(address.toByteArray());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address.toString(), e); // neither 4 nor 16 octets
    }
  }
}
