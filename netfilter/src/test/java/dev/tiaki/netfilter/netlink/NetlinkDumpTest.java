package dev.tiaki.netfilter.netlink;

import static dev.tiaki.netfilter.testing.TestNamespace.CLIENT;
import static dev.tiaki.netfilter.testing.TestNamespace.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.tiaki.netfilter.conntrack.FlowSpec;
import dev.tiaki.netfilter.conntrack.KernelConntrack;
import dev.tiaki.netfilter.conntrack.Tuple;
import dev.tiaki.netfilter.testing.TestNamespace;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class NetlinkDumpTest {
  private static final int CONNTRACK_GET = 1 << 8 | 1;
  private static final int FLOWS = 20_000;

  private static void request(MessageWriter writer) {
    writer.begin(CONNTRACK_GET, Netlink.REQUEST | Netlink.DUMP).netfilter(0, 0, 0).end();
  }

  /** Walks every attribute of the top level of a dump. */
  private static long walk(NetlinkDump dump, AttributeCursor cursor) throws IOException {
    long sum = 0;
    while (dump.next()) {
      dump.message().attributes(cursor);
      while (cursor.next()) {
        sum += cursor.number();
      }
    }
    return sum;
  }

  @Test
  void reading_a_message_allocates_nothing() throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    AttributeCursor cursor = new AttributeCursor();
    try (TestNamespace network = TestNamespace.create();
        KernelConntrack table = network.conntrack()) {
      for (int i = 0; i < FLOWS; i++) {
        table.create(FlowSpec.of(Tuple.udp(CLIENT, 1 + i, SERVER, 53), 1000));
      }
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 12; round++) {
        try (NetlinkDump dump =
            new NetlinkDump("dump", network.namespace(), NetlinkDumpTest::request)) {
          long before = threads.getCurrentThreadAllocatedBytes();
          assertThat(walk(dump, cursor)).isNotZero();
          least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
      }
      // cold code boxes a little; per message it is nothing
      assertThat(least).isLessThan(FLOWS);
    }
  }

  @Test
  void a_refusal_carries_the_kernels_own_words() throws IOException {
    try (TestNamespace network = TestNamespace.create();
        NetlinkRequests requests = new NetlinkRequests(network.namespace())) {
      // an attribute of a wrong length: the policy check answers with an extended ACK
      assertThatThrownBy(() ->
              requests.execute(
                  "short mark",
                  writer ->
                      writer
                          .begin(1 << 8, Netlink.REQUEST | Netlink.ACK)
                          .netfilter(2, 0, 0)
                          .u8(8, 1)
                          .end()))
          .isInstanceOfSatisfying(
              NetlinkException.class,
              e -> {
                assertThat(e.errno()).isIn(Errno.EINVAL, Errno.ERANGE);
                assertThat(e.kernelText()).isNotBlank();
                assertThat(e).hasMessageContaining(String.valueOf(e.kernelText()));
              });
    }
  }

  @Test
  void a_batch_tells_what_became_of_each_message() throws IOException {
    try (TestNamespace network = TestNamespace.create();
        NetlinkRequests requests = new NetlinkRequests(network.namespace())) {
      int[] errnos =
          requests.batch(
              3,
              (writer, index) ->
                  writer
                      .begin(1 << 8 | (index == 1 ? 0 : 2), Netlink.REQUEST | Netlink.ACK)
                      .netfilter(index == 1 ? 2 : 0, 0, 0)
                      .end());
      assertThat(errnos).containsExactly(0, Errno.ENOENT, 0);
    }
  }
}
