package dev.tiaki.cli.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.netfilter.netlink.Capabilities;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is said about machines of all kinds. */
class StartChecksTest {
  private static final int BOTH = 1 << Capabilities.NET_ADMIN | 1 << Capabilities.NET_RAW;
  private static final List<Integer> NEEDED = List.of(Capabilities.NET_ADMIN, Capabilities.NET_RAW);

  @Test
  void without_rights_both_are_named_with_three_ways_to_get_them() {
    Finding finding = StartChecks.capabilities(NEEDED, new Capabilities(0, 0), false);
    assertThat(finding.isMissing()).isTrue();
    assertThat(finding.sentence())
        .isEqualTo(
            "no CAP_NET_ADMIN and no CAP_NET_RAW; run it as root, as root with TIAKI_USER=NAME, or"
                + " by systemd (packaging/tiaki.service)");
  }

  @Test
  void only_the_one_that_is_missing_is_named() {
    Capabilities admin = new Capabilities(1 << Capabilities.NET_ADMIN, 0);
    assertThat(StartChecks.capabilities(NEEDED, admin, true).found()).isEqualTo("no CAP_NET_RAW");
  }

  @Test
  void a_user_needs_them_to_be_ambient_since_nft_is_a_child() {
    assertThat(StartChecks.capabilities(NEEDED, new Capabilities(BOTH, 0), false).found())
        .contains("not ambient");
    assertThat(StartChecks.capabilities(NEEDED, new Capabilities(BOTH, BOTH), false).isMissing())
        .isFalse();
    assertThat(StartChecks.capabilities(NEEDED, new Capabilities(BOTH, 0), true).isMissing())
        .isFalse();
  }

  @Test
  void observing_needs_no_more_than_raw_sockets() {
    Capabilities raw = new Capabilities(1 << Capabilities.NET_RAW, 0);
    assertThat(StartChecks.capabilities(List.of(Capabilities.NET_RAW), raw, false).isMissing())
        .isFalse();
  }

  @Test
  void a_kernel_without_a_queue_in_nftables_needs_both_tools_of_iptables() {
    assertThat(QueueingChecks.xtables(true, true).isMissing()).isFalse();
    assertThat(QueueingChecks.xtables(true, false).sentence())
        .isEqualTo(
            "nftables has no queue here (CONFIG_NFT_QUEUE), and ip6tables-restore is not there;"
                + " install it (Debian: apt-get install iptables)");
    assertThat(QueueingChecks.xtables(false, false).sentence()).contains("and iptables-restore");
  }

  @Test
  void every_finding_that_is_missing_has_a_remedy() {
    assertThat(StartChecks.forQueues(IntStream.of(0), true, true))
        .extracting(Finding::name)
        .contains("java", "capabilities", "packet queue", "conntrack", "libpcap");
    assertThat(StartChecks.forQueues(IntStream.of(0), true, true))
        .filteredOn(Finding::isMissing)
        .allSatisfy(finding -> assertThat(finding.remedy()).isNotEmpty());
    assertThat(StartChecks.forInterfaces(List.of("not-there0")))
        .filteredOn(finding -> finding.name().equals("interface"))
        .singleElement()
        .extracting(Finding::line)
        .isEqualTo(
            "missing  interface      not-there0 is not there; 'ip link' lists those that are there");
  }
}
