package dev.tiaki.netfilter.nftables.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.netfilter.nftables.model.Command;
import dev.tiaki.netfilter.nftables.model.NftItem;
import dev.tiaki.netfilter.nftables.model.Table;
import dev.tiaki.netfilter.testing.TestNamespace;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NftMonitorTest {
  private static final int ATTEMPTS = 200;

  @Test
  void what_others_add_and_delete_is_told_typed() throws Exception {
    BlockingQueue<NftItem> events = new LinkedBlockingQueue<>();
    try (TestNamespace namespace = TestNamespace.create();
        NftMonitor monitor = NftMonitor.start(NftProgram.find(), namespace.namespace())) {
      Thread reader =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  NftItem item = monitor.next();
                  while (item != null) {
                    events.add(item);
                    item = monitor.next();
                  }
                } catch (NftException e) {
                  throw new IllegalStateException(e);
                }
              });
      NftItem first = null;
      for (int attempt = 0; first == null && attempt < ATTEMPTS; attempt++) {
        namespace.nft("add table ip t; delete table ip t"); // until the child listens
        namespace.nft("add table ip t");
        namespace.nft("delete table ip t");
        first = events.poll(50, TimeUnit.MILLISECONDS);
      }

      assertThat(first).isNotNull();
      NftItem second = events.poll(10, TimeUnit.SECONDS);
      Command.Add added = (Command.Add) (first instanceof Command.Add ? first : second);
      Command.Delete deleted = (Command.Delete) (first instanceof Command.Delete ? first : second);
      assertThat(((Table) added.object()).name()).isEqualTo("t");
      assertThat(deleted.target().family()).isEqualTo(added.object().family());
      monitor.close();
      reader.join();
    }
  }
}
