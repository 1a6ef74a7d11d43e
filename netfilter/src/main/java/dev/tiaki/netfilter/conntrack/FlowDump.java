package dev.tiaki.netfilter.conntrack;

import dev.tiaki.netfilter.netlink.NetlinkDump;
import dev.tiaki.netfilter.netlink.NetlinkException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A dump as a stream: one flow at a time is in memory. */
final class FlowDump extends Spliterators.AbstractSpliterator<Flow> {
  private final NetlinkDump dump;
  private final Filter filter;
  private final FlowDecoder decoder = new FlowDecoder();

  private FlowDump(NetlinkDump dump, Filter filter) {
    super(Long.MAX_VALUE, Spliterator.NONNULL | Spliterator.IMMUTABLE);
    this.dump = dump;
    this.filter = filter;
  }

  static Stream<Flow> stream(NetlinkDump dump, Filter filter) throws IOException {
    FlowDump flows = new FlowDump(dump, filter);
    return StreamSupport.stream(flows, false).onClose(dump::close);
  }

  @Override
  public boolean tryAdvance(Consumer<? super Flow> action) {
    try {
      while (dump.next()) {
        Flow flow = decoder.decode(dump.message());
        if (flow != null && filter.matches(flow)) {
          action.accept(flow);
          return true;
        }
      }
      return false;
    } catch (NetlinkException e) {
      throw new UncheckedIOException(e);
    }
  }
}
