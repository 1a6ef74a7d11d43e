package dev.tiaki.cli.kernelrules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The text of our one rule in iptables' tables, for kernels whose nftables cannot queue. */
final class XtablesRule {
  private static final String COMMENT = "--comment " + MarkTable.NAME + " ";

  private XtablesRule() {}

  /** Returns the input of {@code iptables-restore --noflush} that adds it. */
  static String addition(RulePlan plan) {
    HookPlace place = HookPlace.of(plan.hook());
    String skip = MarkTable.hex(plan.marks().skip());
    return "*%s\n-A %s -m mark ! --mark %s/%s -m comment %s-j NFQUEUE %s%s\nCOMMIT\n"
        .formatted(place.table(), place.chain(), skip, skip, COMMENT, queues(plan), bypass(plan));
  }

  private static String queues(RulePlan plan) {
    int first = plan.queues().first();
    int last = plan.queues().last();
    if (first == last) {
      return "--queue-num " + first;
    }
    return "--queue-balance %d:%d%s"
        .formatted(first, last, plan.balance() == Balance.PROCESSORS ? " --queue-cpu-fanout" : "");
  }

  private static String bypass(RulePlan plan) {
    return plan.passUnserved() ? " --queue-bypass" : "";
  }

  /**
   * Returns the input of {@code iptables-restore --noflush} that deletes every rule of ours, or an
   * empty string when there is none.
   *
   * @param saved what {@code iptables-save} printed
   */
  static String removal(String saved) {
    Map<String, List<String>> deletions = new LinkedHashMap<>();
    String table = "";
    for (String line : saved.lines().toList()) {
      if (line.startsWith("*")) {
        table = line;
      } else if (line.startsWith("-A ") && line.contains(COMMENT) && line.contains("-j NFQUEUE")) {
        deletions.computeIfAbsent(table, t -> new ArrayList<>()).add("-D" + line.substring(2));
      }
    }
    StringBuilder text = new StringBuilder();
    deletions.forEach((name, rules) ->
        text.append(name).append('\n').append(String.join("\n", rules)).append("\nCOMMIT\n"));
    return text.toString();
  }
}
