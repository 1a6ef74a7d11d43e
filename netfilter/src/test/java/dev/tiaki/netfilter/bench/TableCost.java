package dev.tiaki.netfilter.bench;

import static dev.tiaki.netfilter.testing.TestNamespace.CLIENT;
import static dev.tiaki.netfilter.testing.TestNamespace.SERVER;

import dev.tiaki.netfilter.conntrack.Filter;
import dev.tiaki.netfilter.conntrack.Flow;
import dev.tiaki.netfilter.conntrack.FlowSpec;
import dev.tiaki.netfilter.conntrack.FlowUpdate;
import dev.tiaki.netfilter.conntrack.KernelConntrack;
import dev.tiaki.netfilter.conntrack.Tuple;
import dev.tiaki.netfilter.netlink.Netlink;
import dev.tiaki.netfilter.netlink.NetlinkDump;
import dev.tiaki.netfilter.netlink.NetlinkRequests;
import dev.tiaki.netfilter.testing.TestNamespace;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * What operations on a table of 50 000 entries cost, beside conntrack(8) and beside the bare system
 * calls. Run it as root; the best and the median of nine rounds are printed. It is no test: nothing
 * depends on time.
 */
final class TableCost {
  private static final int FLOWS = 50_000;
  private static final int CALLS = 5_000;
  private static final int ROUNDS = 9;
  private static final int CONNTRACK_GET = 1 << 8 | 1;
  private static final int CONNTRACK_STATS = 1 << 8 | 5;

  private TableCost() {}

  /** Something to be timed. */
  private interface Work {
    void run() throws IOException;
  }

  public static void main(String[] arguments) throws IOException {
    try (TestNamespace network = TestNamespace.create();
        KernelConntrack table = network.conntrack();
        NetlinkRequests requests = new NetlinkRequests(network.namespace())) {
      say("create", FLOWS, 1, () -> fill(table));
      say("dump: floor, recv alone", FLOWS, ROUNDS, () -> receive(network));
      say("dump: flows", FLOWS, ROUNDS, () -> dump(table));
      String quiet = " >/dev/null 2>&1";
      say("dump: conntrack -L", FLOWS, ROUNDS, () -> shell(network, "conntrack -L" + quiet));
      say("dump: /proc", FLOWS, 3, () -> shell(network, "cat /proc/net/nf_conntrack" + quiet));
      say("request: floor, GET_STATS", CALLS, ROUNDS, () -> floor(requests));
      say("get", CALLS, ROUNDS, () -> get(table));
      say("update", CALLS, ROUNDS, () -> update(table));
      say("get: conntrack -G, a process each", 50, 3, () -> tool(network, "-G", ""));
      say("update: conntrack -U, a process each", 50, 3, () -> tool(network, "-U", "-m 5"));
      Flow[] flows = flows(table);
      say("delete, one by one", CALLS, 1, () -> delete(table, flows));
      long left = table.count(Filter.ALL);
      say("delete by filter, batched", (int) left, 1, () -> table.deleteAll(Filter.ALL));
    }
  }

  private static void say(String what, int count, int rounds, Work work) throws IOException {
    long[] nanos = new long[rounds];
    for (int round = 0; round < rounds; round++) {
      long start = System.nanoTime();
      work.run();
      nanos[round] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    System.out.printf(
        "%-38s %9.2f us each (median %9.2f), %9.0f per second%n",
        what, nanos[0] / 1e3 / count, nanos[rounds / 2] / 1e3 / count, count * 1e9 / nanos[0]);
  }

  private static Tuple tuple(int i) {
    return Tuple.udp(CLIENT, 1 + i, SERVER, 53);
  }

  private static void fill(KernelConntrack table) throws IOException {
    for (int i = 0; i < FLOWS; i++) {
      table.create(FlowSpec.of(tuple(i), 10_000));
    }
  }

  private static void receive(TestNamespace network) throws IOException {
    try (NetlinkDump dump =
        new NetlinkDump(
            "dump",
            network.namespace(),
            writer ->
                writer
                    .begin(CONNTRACK_GET, Netlink.REQUEST | Netlink.DUMP)
                    .netfilter(0, 0, 0)
                    .end())) {
      while (dump.next()) {
        // the message is there
      }
    }
  }

  private static void dump(KernelConntrack table) throws IOException {
    try (Stream<Flow> flows = table.dump(Filter.ALL)) {
      if (flows.filter(flow -> flow.id() != 0).count() < FLOWS) {
        throw new IOException("flows are missing");
      }
    }
  }

  private static Flow[] flows(KernelConntrack table) throws IOException {
    try (Stream<Flow> flows = table.dump(Filter.ALL)) {
      return flows.limit(CALLS).toArray(Flow[]::new);
    }
  }

  private static void shell(TestNamespace network, String command) throws IOException {
    network.run("sh", "-c", command);
  }

  private static void tool(TestNamespace network, String verb, String more) throws IOException {
    shell(
        network,
        "i=1; while [ $i -le 50 ]; do conntrack "
            + verb
            + " -p udp -s 192.0.2.1 -d 192.0.2.2 --sport $i --dport 53 "
            + more
            + " >/dev/null 2>&1; i=$((i+1)); done");
  }

  private static void floor(NetlinkRequests requests) throws IOException {
    for (int i = 0; i < CALLS; i++) {
      requests.execute(
          "stats",
          writer ->
              writer
                  .begin(CONNTRACK_STATS, Netlink.REQUEST | Netlink.ACK)
                  .netfilter(0, 0, 0)
                  .end());
    }
  }

  private static void get(KernelConntrack table) throws IOException {
    for (int i = 0; i < CALLS; i++) {
      table.get(tuple(i), 0).orElseThrow();
    }
  }

  private static void update(KernelConntrack table) throws IOException {
    for (int i = 0; i < CALLS; i++) {
      table.update(tuple(i), 0, FlowUpdate.mark(i, 0xffff));
    }
  }

  private static void delete(KernelConntrack table, Flow[] flows) throws IOException {
    for (Flow flow : flows) {
      table.delete(flow);
    }
  }
}
