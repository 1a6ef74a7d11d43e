package dev.tiaki.tracker.netfilter;

import dev.tiaki.netfilter.conntrack.Conntrack;
import dev.tiaki.netfilter.conntrack.Counters;
import dev.tiaki.netfilter.conntrack.DeleteResult;
import dev.tiaki.netfilter.conntrack.Flow;
import dev.tiaki.netfilter.conntrack.Tuple;
import dev.tiaki.tracker.kernel.KernelConnections;
import dev.tiaki.tracker.kernel.KernelEntry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The connection tracking table as the tracker's view of the kernel: finds the entry of a
 * connection by the addresses that its socket has.
 *
 * <pre>{@code
 * Conntrack conntrack = KernelConntrack.open(ConntrackOptions.DEFAULTS);
 * KernelView view = KernelView.of(tracker, new NetfilterConnections(conntrack));
 * for (KernelView.Joined each : view.connections()) {
 *   each.kernel().ifPresent(entry -> System.out.println(each.connection() + " mark " + entry.mark()));
 * }
 * }</pre>
 *
 * <p>A socket whose own address was translated has the addresses of the answers, not those of the
 * original direction: a server behind DNAT. It is found by them too.
 */
public final class NetfilterConnections implements KernelConnections {
  private final Conntrack conntrack;
  private final List<Integer> zones;

  /** Looks up connections in zone 0, where all are unless a rule says otherwise. */
  public NetfilterConnections(Conntrack conntrack) {
    this(conntrack, List.of(0));
  }

  /**
   * Looks up connections in several zones.
   *
   * @param conntrack the table; closing it stays the caller's business
   * @param zones in which zones an entry may be, in the order in which they are tried
   */
  public NetfilterConnections(Conntrack conntrack, List<Integer> zones) {
    this.conntrack = conntrack;
    this.zones = List.copyOf(zones);
  }

  @Override
  public Optional<KernelEntry> find(InetSocketAddress source, InetSocketAddress destination)
      throws IOException {
    return flow(source, destination).map(NetfilterConnections::entry);
  }

  private Optional<Flow> flow(InetSocketAddress source, InetSocketAddress destination)
      throws IOException {
    Tuple asSeen =
        Tuple.tcp(
            source.getAddress(), source.getPort(), destination.getAddress(), destination.getPort());
    for (int zone : zones) {
      Optional<Flow> found = conntrack.get(asSeen, zone);
      if (found.isEmpty()) {
        found = conntrack.get(asSeen.mirrored(), zone);
      }
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static KernelEntry entry(Flow flow) {
    Tuple reply = flow.reply();
    return new KernelEntry(
        flow.id(),
        Math.max(0, flow.mark()),
        flow.zone(),
        new InetSocketAddress(reply.source(), reply.sourcePort()),
        new InetSocketAddress(reply.destination(), reply.destinationPort()),
        packets(flow.originalCounters()) + packets(flow.replyCounters()),
        bytes(flow.originalCounters()) + bytes(flow.replyCounters()));
  }

  private static long packets(@Nullable Counters counters) {
    return counters == null ? 0 : counters.packets();
  }

  private static long bytes(@Nullable Counters counters) {
    return counters == null ? 0 : counters.bytes();
  }

  /** Deletes this very entry: one that has taken its place since stays. */
  @Override
  public boolean delete(InetSocketAddress source, InetSocketAddress destination, KernelEntry entry)
      throws IOException {
    Optional<Flow> present = flow(source, destination).filter(flow -> flow.id() == entry.id());
    if (present.isEmpty()) {
      return false;
    }
    DeleteResult result = conntrack.delete(present.get());
    if (result == DeleteResult.REFUSED) {
      throw new IOException("the kernel refused to delete " + present.get().original());
    }
    return result == DeleteResult.DELETED;
  }
}
