package dev.tiaki.cli.kernelrules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.cli.inline.MarkPlan;
import dev.tiaki.cli.live.Hook;
import dev.tiaki.cli.live.QueueRange;
import dev.tiaki.netfilter.conntrack.Prefix;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The words that the kernel's tools get. */
class RuleTextTest {
  private static RulePlan plan(QueueRange queues, Balance balance, boolean pass) {
    return new RulePlan(Hook.FORWARD, Selection.ALL, queues, balance, pass, new MarkPlan(0x70));
  }

  @Test
  void marks_are_acted_on_before_the_queue_and_cleared_behind_it() {
    assertThat(
            MarkTable.script(plan(QueueRange.of("0"), Balance.ADDRESSES, false), true, List.of()))
        .isEqualTo(
            """
            table inet tiaki
            delete table inet tiaki
            table inet tiaki {
              chain notes {
              }
              chain pass {
                meta mark set meta mark | 0x00000040
              }
              chain before {
                type filter hook forward priority 40; policy accept;
                meta mark & 0x00000040 == 0x00000040 accept
                ct mark & 0x00000020 == 0x00000020 counter drop
                ct mark & 0x00000010 == 0x00000010 counter goto pass
              }
              chain up {
                type filter hook forward priority 150; policy accept;
                meta mark & 0x00000040 == 0x00000040 accept
                queue to 0
              }
              chain after {
                type filter hook forward priority 160; policy accept;
                meta mark & 0x00000010 == 0x00000010 ct mark set ct mark | 0x00000010
                meta mark set meta mark & 0xffffff8f
              }
            }
            """);
  }

  @Test
  void several_queues_are_balanced_and_may_be_passed_unserved() {
    RulePlan byAddress = plan(QueueRange.of("2-5"), Balance.ADDRESSES, true);
    RulePlan byProcessor = plan(QueueRange.of("2-5"), Balance.PROCESSORS, true);
    assertThat(MarkTable.script(byAddress, true, List.of())).contains("queue flags bypass to 2-5");
    assertThat(MarkTable.script(byProcessor, true, List.of()))
        .contains("queue flags bypass,fanout to 2-5");
    assertThat(XtablesRule.addition(byAddress))
        .isEqualTo(
            """
            *security
            -A FORWARD -m mark ! --mark 0x00000040/0x00000040 -m comment --comment tiaki \
            -j NFQUEUE --queue-balance 2:5 --queue-bypass
            COMMIT
            """);
    assertThat(XtablesRule.addition(byProcessor))
        .contains("--queue-balance 2:5 --queue-cpu-fanout --queue-bypass");
  }

  @Test
  void only_rules_of_ours_are_taken_back_from_iptables() {
    String saved =
        """
        *security
        :FORWARD ACCEPT [0:0]
        -A FORWARD -m mark ! --mark 0x40/0x40 -m comment --comment tiaki -j NFQUEUE --queue-num 0
        -A FORWARD -j NFQUEUE --queue-num 7
        COMMIT
        *filter
        -A FORWARD -m comment --comment "not tiaki" -j ACCEPT
        COMMIT
        """;
    assertThat(XtablesRule.removal(saved))
        .isEqualTo(
            """
            *security
            -D FORWARD -m mark ! --mark 0x40/0x40 -m comment --comment tiaki -j NFQUEUE --queue-num 0
            COMMIT
            """);
    assertThat(XtablesRule.removal("*filter\nCOMMIT\n")).isEmpty();
  }

  @Test
  void addresses_of_one_family_keep_the_other_away_from_the_queue() {
    Selection one =
        new Selection(List.of(), List.of(Prefix.parse("192.0.2.0/24")), List.of(), List.of());
    RulePlan plan =
        new RulePlan(
            Hook.INPUT, one, QueueRange.of("0"), Balance.ADDRESSES, false, MarkPlan.DEFAULT);
    assertThat(MarkTable.script(plan, false, List.of()))
        .contains("ip saddr != { 192.0.2.0/24 } ip daddr != { 192.0.2.0/24 } goto pass")
        .contains("meta nfproto ipv6 goto pass");
  }

  @Test
  void notes_come_back_as_they_were_written() throws IOException {
    Notes notes =
        new Notes(
            new QueueRange(1, 4),
            List.of(
                new TableBefore("ip", "security", true, List.of("INPUT", "FORWARD")),
                new TableBefore("ip6", "mangle", true, List.of()),
                new TableBefore("ip6", "security", false, List.of())));
    StringBuilder listing = new StringBuilder("{\"nftables\": [{\"metainfo\": {}}");
    for (String words : notes.words()) {
      listing.append(", {\"rule\": {\"chain\": \"notes\", \"comment\": \"" + words + "\"}}");
    }
    assertThat(Notes.of(listing + "]}")).isEqualTo(notes);
    assertThat(Notes.of("{\"nftables\": []}")).isNull();
  }

  @Test
  void names_that_would_break_out_of_the_script_are_refused() {
    for (String name : List.of("", "a b", "eth0\" accept", "eth*", "more-than-fifteen")) {
      assertThatThrownBy(() -> new Selection(List.of(name), List.of(), List.of(), List.of()))
          .hasMessage("'" + name + "' is no name of an interface");
    }
    assertThatThrownBy(() -> new Selection(List.of(), List.of(), List.of(), List.of("tcp }")))
        .hasMessage("'tcp }' is no protocol");
    assertThatThrownBy(() -> Selection.Ports.of("80-70"))
        .hasMessage("guard-port 80-70: must be from 0 to 65535, the smaller first");
    assertThatThrownBy(() -> Selection.Ports.of("http"))
        .hasMessage("'http' is neither a port nor a range of them");
  }
}
