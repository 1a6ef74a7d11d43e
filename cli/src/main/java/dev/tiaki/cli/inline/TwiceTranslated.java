package dev.tiaki.cli.inline;

import dev.tiaki.engine.address.IpAddress;
import dev.tiaki.engine.flow.FlowKey;
import dev.tiaki.netfilter.conntrack.Flow;
import dev.tiaki.netfilter.conntrack.Status;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The kernel's entries of flows both of whose ends are translated, by the addresses that their
 * packets carry at the forward hook: behind destination and before source translation.
 *
 * <p>Neither tuple of such an entry has these addresses, so that the kernel cannot be asked for it.
 * Whoever hears of the kernel's entries tells them here; there are never more than the kernel has.
 * May be used by several threads.
 */
public final class TwiceTranslated {
  /** The status bits of the entries that belong here. */
  public static final int STATUS = Status.SOURCE_NAT | Status.DESTINATION_NAT;

  private record Ends(int protocol, FlowKey key) {}

  private final Map<Ends, Flow> flows = new ConcurrentHashMap<>();

  /** Makes an empty collection. */
  public TwiceTranslated() {}

  /** The kernel has this entry; it is left out unless both ends are translated. */
  public void began(Flow flow) {
    if (flow.status().has(STATUS)) {
      flows.put(new Ends(flow.protocol(), keyAtForward(flow)), flow);
    }
  }

  /** The kernel has this entry no more. */
  public void ended(Flow flow) {
    if (!flows.isEmpty()) {
      flows.computeIfPresent(
          new Ends(flow.protocol(), keyAtForward(flow)),
          (ends, known) -> known.id() == flow.id() ? null : known);
    }
  }

  /** Forgets all entries. */
  public void clear() {
    flows.clear();
  }

  /** Returns the entry of a flow whose initiator is the key's source. */
  Optional<Flow> find(int protocol, FlowKey key) {
    return flows.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(flows.get(new Ends(protocol, key)));
  }

  /**
   * Returns the addresses that an entry's packets carry at the forward hook: from the original
   * source to who answers.
   */
  public static FlowKey keyAtForward(Flow flow) {
    IpAddress source = address(flow.original().source());
    IpAddress destination = address(flow.reply().source());
    return new FlowKey(
        source.isIpv6(),
        source.high(),
        source.low(),
        destination.high(),
        destination.low(),
        flow.original().sourcePort(),
        flow.reply().sourcePort());
  }

  private static IpAddress address(InetAddress address) {
    byte[] octets = address.getAddress();
    return octets.length == IpAddress.IPV4_BYTES
        ? IpAddress.readIpv4(octets, 0)
        : IpAddress.readIpv6(octets, 0);
  }
}
