package dev.tiaki.cli.inline;

import dev.tiaki.engine.address.IpAddress;
import dev.tiaki.engine.flow.FlowKey;
import dev.tiaki.netfilter.conntrack.Condition;
import dev.tiaki.netfilter.conntrack.Conntrack;
import dev.tiaki.netfilter.conntrack.Filter;
import dev.tiaki.netfilter.conntrack.Flow;
import dev.tiaki.netfilter.conntrack.FlowDirection;
import dev.tiaki.netfilter.conntrack.FlowEnd;
import dev.tiaki.netfilter.conntrack.Prefix;
import dev.tiaki.netfilter.conntrack.Tuple;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the kernel's entry of a flow whose addresses are known as its packets carry them between
 * destination and source translation: at the forward hook.
 *
 * <p>There a packet of the original direction goes from the original source to the reply's source,
 * so that the kernel finds the entry by these addresses when only one of the two is translated.
 * Where both are, the table is searched; not more than {@value #MAX_SEARCHES} times a second, as a
 * search walks over all entries.
 */
final class KernelFlows {
  private static final int MAX_SEARCHES = 50;
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final Conntrack conntrack;
  private long secondStarted = System.nanoTime() - SECOND_NANOS;
  private int searches;

  KernelFlows(Conntrack conntrack) {
    this.conntrack = conntrack;
  }

  /** Returns the entry; empty when the kernel has none (yet). */
  Optional<Flow> find(int protocol, FlowKey key) throws IOException {
    Tuple seen = tuple(protocol, key);
    Optional<Flow> found = conntrack.get(seen, 0);
    if (found.isEmpty()) {
      found = conntrack.get(seen.mirrored(), 0);
    }
    return found.isPresent() || !maySearch() ? found : search(seen);
  }

  private boolean maySearch() {
    long now = System.nanoTime();
    if (now - secondStarted >= SECOND_NANOS) {
      secondStarted = now;
      searches = 0;
    }
    return searches++ < MAX_SEARCHES;
  }

  private Optional<Flow> search(Tuple seen) throws IOException {
    Filter filter =
        Filter.ALL
            .family(seen.family())
            .protocol(seen.protocol())
            .source(seen.source())
            .sourcePort(seen.sourcePort())
            .and(end(seen.destination()))
            .and(new Condition.Port(FlowDirection.REPLY, FlowEnd.SOURCE, seen.destinationPort()));
    try (Stream<Flow> flows = conntrack.dump(filter)) {
      return flows.findFirst();
    }
  }

  private static Condition end(InetAddress destination) {
    return new Condition.Address(FlowDirection.REPLY, FlowEnd.SOURCE, Prefix.of(destination));
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
