package dev.tiaki.netfilter.examples;

import static dev.tiaki.netfilter.testing.TestNamespace.CLIENT;
import static dev.tiaki.netfilter.testing.TestNamespace.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.netfilter.conntrack.Filter;
import dev.tiaki.netfilter.conntrack.KernelConntrack;
import dev.tiaki.netfilter.conntrack.ReplayConntrack;
import dev.tiaki.netfilter.conntrack.Tuple;
import dev.tiaki.netfilter.testing.TestNamespace;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The examples of the guide, run. */
class ExamplesTest {
  @Test
  void top_talkers_sums_over_the_kernels_table() throws IOException {
    try (TestNamespace network = TestNamespace.tracking()) {
      network.setting("acct", "1");
      network.udp(CLIENT, SERVER, 53);
      network.udp(CLIENT, SERVER, 54);
      try (KernelConntrack conntrack = network.conntrack()) {
        assertThat(TopTalkers.bytesBySource(conntrack)).containsEntry("192.0.2.1", 58L);
      }
    }
  }

  @Test
  void a_host_is_marked_wherever_the_table_is() throws IOException {
    try (ReplayConntrack conntrack = new ReplayConntrack()) {
      conntrack.observe(Tuple.udp(CLIENT, 1, SERVER, 53), null, 60, 1_000_000_000L);
      conntrack.observe(Tuple.udp(SERVER, 1, CLIENT, 53), null, 60, 1_000_000_000L);
      assertThat(BlockHost.block(conntrack, CLIENT)).isEqualTo(1);
      assertThat(conntrack.count(Filter.ALL.mark(0x20, 0xf0))).isEqualTo(1);
    }
  }

  @Test
  void the_log_tells_begin_and_end() throws Exception {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    try (TestNamespace network = TestNamespace.tracking();
        KernelConntrack conntrack = network.conntrack();
        var _ = ConnectionLog.start(conntrack, lines::add)) {
      network.udp(CLIENT, SERVER, 53);
      assertThat(lines.poll(30, TimeUnit.SECONDS)).startsWith("NEW udp").contains("dport=53");
      conntrack.flush();
      assertThat(lines.poll(30, TimeUnit.SECONDS)).startsWith("DESTROY udp");
    }
  }
}
