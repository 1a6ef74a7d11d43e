package dev.tiaki.cli.live;

import dev.tiaki.engine.address.IpAddress;
import dev.tiaki.engine.flow.FlowKey;
import dev.tiaki.netfilter.conntrack.ConntrackEvent;
import dev.tiaki.netfilter.conntrack.ConntrackOptions;
import dev.tiaki.netfilter.conntrack.EventKind;
import dev.tiaki.netfilter.conntrack.EventSubscription;
import dev.tiaki.netfilter.conntrack.Filter;
import dev.tiaki.netfilter.conntrack.Flow;
import dev.tiaki.netfilter.conntrack.IpProtocol;
import dev.tiaki.netfilter.conntrack.KernelConntrack;
import dev.tiaki.netfilter.conntrack.ListenOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.function.Consumer;

/**
 * Tells when the kernel has forgotten a TCP connection, by the addresses that its packets carry.
 */
final class KernelFlowEnds implements AutoCloseable {
  private final KernelConntrack conntrack;
  private final EventSubscription subscription;

  /** Begins to tell {@code consumer}, on a thread of its own. */
  KernelFlowEnds(Consumer<FlowKey> consumer) throws IOException {
    conntrack = KernelConntrack.open(ConntrackOptions.DEFAULTS);
    try {
      subscription =
          conntrack.listen(
              EnumSet.of(EventKind.DESTROY),
              Filter.ALL.protocol(IpProtocol.TCP),
              ListenOptions.DEFAULTS.withMirror(false),
              event -> {
                if (event instanceof ConntrackEvent.Destroyed ended) {
                  consumer.accept(key(ended.flow()));
                }
              });
    } catch (IOException | RuntimeException e) {
      conntrack.close();
      throw e;
    }
  }

  /** Behind destination and before source translation: from the original source to who answers. */
  private static FlowKey key(Flow flow) {
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

  @Override
  public void close() {
    subscription.close();
    conntrack.close();
  }
}
