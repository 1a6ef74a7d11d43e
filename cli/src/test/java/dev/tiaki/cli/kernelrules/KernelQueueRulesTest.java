package dev.tiaki.cli.kernelrules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.cli.inline.MarkPlan;
import dev.tiaki.cli.lab.Lab;
import dev.tiaki.cli.live.Hook;
import dev.tiaki.cli.live.QueueRange;
import dev.tiaki.netfilter.conntrack.Prefix;
import dev.tiaki.netfilter.netlink.NetworkNamespace;
import dev.tiaki.netfilter.queue.PacketQueue;
import dev.tiaki.netfilter.queue.QueueOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kernel rules come and go in a namespace of the real kernel. */
class KernelQueueRulesTest {
  private static final String OPERATORS =
      """
      table ip filter {
        chain FORWARD {
          type filter hook forward priority 0; policy accept;
          tcp dport 23 drop
        }
      }
      """;

  private Lab lab;

  @BeforeEach
  void raise() {
    lab = Lab.up("iptables-restore", "ip6tables-restore");
  }

  @AfterEach
  void lower() {
    lab.close();
  }

  private KernelQueueRules rules(Hook hook, Selection selection, QueueRange queues, boolean pass) {
    return new KernelQueueRules(
        new RulePlan(hook, selection, queues, Balance.ADDRESSES, pass, MarkPlan.DEFAULT),
        Commands.in(lab.namespace(Lab.Host.GATE)));
  }

  private KernelQueueRules rules(Hook hook) {
    return rules(hook, Selection.ALL, new QueueRange(0, 0), false);
  }

  private String ruleset() {
    return lab.run(Lab.Host.GATE, "nft", "list", "ruleset")
        + lab.run(Lab.Host.GATE, "iptables-save").replaceAll("#.*\n", "")
        + lab.run(Lab.Host.GATE, "ip6tables-save").replaceAll("#.*\n", "");
  }

  @ParameterizedTest
  @EnumSource(Hook.class)
  void the_ruleset_reads_as_before_after_they_went(Hook hook) throws IOException {
    lab.nft(Lab.Host.GATE, OPERATORS);
    String before = ruleset();
    KernelQueueRules rules = rules(hook);
    rules.prepare();
    rules.install();
    assertThat(ruleset()).contains("table inet tiaki").contains("queue");
    rules.remove();
    assertThat(ruleset()).isEqualTo(before);
  }

  @Test
  void a_chain_that_the_operator_had_in_the_same_table_stays_with_its_rules() throws IOException {
    lab.run(
        Lab.Host.GATE, "iptables", "-t", "security", "-A", "INPUT", "-p", "icmp", "-j", "ACCEPT");
    String before = ruleset();
    KernelQueueRules rules = rules(Hook.FORWARD);
    rules.prepare();
    rules.install();
    rules.remove();
    assertThat(ruleset()).isEqualTo(before);
  }

  @Test
  void a_rule_that_the_operator_added_meanwhile_stays() throws IOException {
    KernelQueueRules rules = rules(Hook.FORWARD);
    rules.prepare();
    rules.install();
    lab.run(
        Lab.Host.GATE, "iptables", "-t", "security", "-A", "FORWARD", "-p", "icmp", "-j", "ACCEPT");
    rules.remove();
    assertThat(ruleset()).doesNotContain("tiaki").contains("-A FORWARD -p icmp -j ACCEPT");
  }

  @Test
  void the_next_start_removes_what_a_killed_run_left_whatever_it_was() throws IOException {
    lab.nft(Lab.Host.GATE, OPERATORS);
    String before = ruleset();
    KernelQueueRules killed = rules(Hook.PREROUTING, Selection.ALL, new QueueRange(3, 5), true);
    killed.prepare();
    killed.install();
    KernelQueueRules next = rules(Hook.FORWARD);
    next.prepare();
    assertThat(ruleset()).isEqualTo(before);
    next.install();
    next.remove();
    assertThat(ruleset()).isEqualTo(before);
  }

  @Test
  void a_run_that_lives_is_not_replaced() throws IOException {
    rules(Hook.FORWARD).install();
    NetworkNamespace gate = NetworkNamespace.named(lab.namespace(Lab.Host.GATE));
    try (PacketQueue queue = PacketQueue.open(QueueOptions.of(0).in(gate))) {
      assertThat(queue).isNotNull();
      assertThatThrownBy(() -> rules(Hook.FORWARD).prepare())
          .isInstanceOf(IOException.class)
          .hasMessage("another run guards here, it serves queue 0; stop it first");
    }
    rules(Hook.FORWARD).prepare();
    assertThat(ruleset()).doesNotContain("tiaki");
  }

  @Test
  void the_hook_before_routing_is_refused_where_addresses_are_translated() throws IOException {
    lab.nft(
        Lab.Host.GATE,
        """
        table ip mine {
          chain out {
            type nat hook postrouting priority 100;
          }
        }
        """);
    rules(Hook.PREROUTING).prepare(); // a chain without rules translates nothing
    lab.run(Lab.Host.GATE, "nft", "add rule ip mine out tcp dport 1 masquerade");
    assertThatThrownBy(() -> rules(Hook.PREROUTING).prepare())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the table ip mine translates some; use --hook forward");
    rules(Hook.FORWARD).prepare();
    lab.run(Lab.Host.GATE, "nft", "delete table ip mine");
    lab.run(
        Lab.Host.GATE,
        "ip6tables",
        "-t",
        "nat",
        "-A",
        "PREROUTING",
        "-p",
        "tcp",
        "-j",
        "DNAT",
        "--to-destination",
        "2001:db8::1");
    assertThatThrownBy(() -> rules(Hook.PREROUTING).prepare())
        .hasMessageContaining("the table ip6 nat translates some");
  }

  @Test
  void a_table_of_that_name_which_is_not_ours_is_left_alone() {
    lab.nft(Lab.Host.GATE, "table inet tiaki { }");
    assertThatThrownBy(() -> rules(Hook.FORWARD).prepare())
        .hasMessage("the table inet tiaki is not one of ours; remove or rename it");
  }

  @Test
  void everything_that_can_be_selected_is_taken_by_the_kernel() throws IOException {
    Selection selection =
        new Selection(
            List.of("up0", "not-there0"),
            List.of(Prefix.parse("192.0.2.0/24"), Prefix.parse("2001:db8::/32")),
            List.of(Selection.Ports.of("80"), Selection.Ports.of("8000-8999")),
            List.of("tcp", "udp"));
    KernelQueueRules rules = rules(Hook.FORWARD, selection, new QueueRange(0, 3), true);
    rules.prepare();
    rules.install();
    assertThat(ruleset())
        .contains("iifname != { \"up0\", \"not-there0\" }")
        .contains("ip saddr != 192.0.2.0/24 ip daddr != 192.0.2.0/24")
        .contains("th sport != { 80, 8000-8999 }")
        .contains("0-3 bypass");
    rules.remove();
  }

  @Test
  void only_packets_that_are_selected_are_stopped_when_nobody_serves() throws IOException {
    Selection selection =
        new Selection(List.of(), List.of(Prefix.parse(Lab.SERVER4)), List.of(), List.of());
    rules(Hook.FORWARD, selection, new QueueRange(0, 0), false).install();
    assertThat(pings(Lab.SERVER4, 300)).isFalse();
    assertThat(pings(Lab.SERVER6, 10_000)).isTrue();
  }

  @Test
  void packets_pass_an_unserved_queue_when_that_is_chosen() throws IOException {
    rules(Hook.FORWARD, Selection.ALL, new QueueRange(0, 0), true).install();
    assertThat(pings(Lab.SERVER4, 10_000)).isTrue();
    assertThat(pings(Lab.SERVER6, 10_000)).isTrue();
  }

  private boolean pings(String address, int patienceMillis) throws IOException {
    return NetworkNamespace.named(lab.namespace(Lab.Host.CLIENT))
        .call(() -> InetAddress.ofLiteral(address).isReachable(patienceMillis));
  }
}
