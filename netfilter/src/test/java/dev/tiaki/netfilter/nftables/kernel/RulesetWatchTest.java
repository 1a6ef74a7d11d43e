package dev.tiaki.netfilter.nftables.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.netfilter.nftables.rule.NftFamily;
import dev.tiaki.netfilter.testing.TestNamespace;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class RulesetWatchTest {
  private static final int PATIENCE_MILLIS = 10_000;

  @Test
  void a_foreign_change_is_told_with_its_program_and_our_own_with_our_process() throws Exception {
    try (TestNamespace namespace = TestNamespace.create();
        RulesetWatch watch = RulesetWatch.open(namespace.namespace());
        KernelSets sets = KernelSets.open(namespace.namespace())) {
      namespace.nft("table ip t { set s { type ipv4_addr; }; }");

      RulesetChange foreign = watch.next(PATIENCE_MILLIS).orElseThrow();

      assertThat(foreign.program()).isEqualTo("nft");
      assertThat(foreign.generation()).isEqualTo(sets.generation());
      sets.set(NftFamily.IP, "t", "s").add(SetElement.of(InetAddress.ofLiteral("10.0.0.1")));
      RulesetChange own = watch.next(PATIENCE_MILLIS).orElseThrow();
      assertThat(own.generation()).isEqualTo(foreign.generation() + 1);
      assertThat(own.program()).isNotEqualTo("nft");
    }
  }

  @Test
  void without_a_change_nothing_is_told() throws Exception {
    try (TestNamespace namespace = TestNamespace.create();
        RulesetWatch watch = RulesetWatch.open(namespace.namespace())) {
      assertThat(watch.next(0)).isEmpty();
      watch.wake();
      assertThat(watch.next(-1)).isEmpty();
    }
  }
}
