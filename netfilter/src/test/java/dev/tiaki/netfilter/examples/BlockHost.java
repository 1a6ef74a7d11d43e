package dev.tiaki.netfilter.examples;

import dev.tiaki.netfilter.conntrack.ChangeSummary;
import dev.tiaki.netfilter.conntrack.Conntrack;
import dev.tiaki.netfilter.conntrack.Filter;
import dev.tiaki.netfilter.conntrack.FlowUpdate;
import java.io.IOException;
import java.net.InetAddress;

/**
 * Marks every connection of a host, so that a rule such as {@code ct mark and 0xf0 == 0x20 drop}
 * stops it. Deleting the entries would not: the next packet makes new ones.
 */
final class BlockHost {
  private static final long BLOCKED = 0x20;
  private static final long OUR_BITS = 0xf0;

  private BlockHost() {}

  static long block(Conntrack conntrack, InetAddress host) throws IOException {
    ChangeSummary summary =
        conntrack.updateAll(Filter.ALL.source(host), FlowUpdate.mark(BLOCKED, OUR_BITS));
    return summary.done();
  }
}
