package dev.tiaki.netfilter.examples;

import dev.tiaki.netfilter.conntrack.Conntrack;
import dev.tiaki.netfilter.conntrack.Counters;
import dev.tiaki.netfilter.conntrack.Filter;
import dev.tiaki.netfilter.conntrack.Flow;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Sums the octets of each source: one pass over the table, one flow in memory at a time. */
final class TopTalkers {
  private TopTalkers() {}

  static Map<String, Long> bytesBySource(Conntrack conntrack) throws IOException {
    Map<String, Long> sums = new TreeMap<>();
    try (Stream<Flow> flows = conntrack.dump(Filter.ALL)) {
      flows.forEach(flow -> sums.merge(text(flow.original().source()), bytes(flow), Long::sum));
    }
    return sums;
  }

  private static String text(InetAddress address) {
    return address.getHostAddress();
  }

  private static long bytes(Flow flow) {
    Counters counters = flow.originalCounters(); // null where the kernel does not count
    return counters == null ? 0 : counters.bytes();
  }
}
