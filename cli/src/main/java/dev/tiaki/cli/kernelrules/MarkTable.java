package dev.tiaki.cli.kernelrules;

import dev.tiaki.cli.inline.MarkPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * The text of our own nftables table: what happens to the packets of decided connections before the
 * queue, which others are queued, and what is saved when they leave it.
 *
 * <p>A packet that is not to be queued gets the skip bit, so that the queueing itself, wherever it
 * stands, needs to look at nothing else. When it leaves, our bits are cleared.
 */
final class MarkTable {
  /** The name of the table, family inet. */
  static final String NAME = "tiaki";

  /** An empty chain whose rules are notes to the next start. */
  static final String NOTES = "notes";

  private MarkTable() {}

  /**
   * Returns a script for {@code nft -f} that makes the table in one transaction, in place of one
   * that is there.
   *
   * @param queueing whether packets are queued by this table too
   * @param notes what the next start must know should this one be killed
   */
  static String script(RulePlan plan, boolean queueing, List<String> notes) {
    HookPlace place = HookPlace.of(plan.hook());
    Lines lines = new Lines();
    lines.add("table inet " + NAME);
    lines.add("delete table inet " + NAME);
    lines.add("table inet " + NAME + " {");
    notes(lines, notes);
    pass(lines, plan.marks());
    before(lines, plan, place);
    if (queueing) {
      queue(lines, plan, place);
    }
    after(lines, plan.marks(), place);
    lines.add("}");
    return lines.text();
  }

  /** Returns a script that removes the table, whether it is there or not. */
  static String removal() {
    return "table inet " + NAME + "\ndelete table inet " + NAME + "\n";
  }

  private static void notes(Lines lines, List<String> notes) {
    lines.add("  chain " + NOTES + " {");
    notes.forEach(note -> lines.add("    return comment \"" + note + "\""));
    lines.add("  }");
  }

  private static void pass(Lines lines, MarkPlan marks) {
    lines.add("  chain pass {");
    lines.add("    meta mark set meta mark | " + hex(marks.skip()));
    lines.add("  }");
  }

  private static void before(Lines lines, RulePlan plan, HookPlace place) {
    MarkPlan marks = plan.marks();
    base(lines, "before", place, place.before());
    lines.add("    " + has("meta mark", marks.skip()) + " accept");
    lines.add("    " + has("ct mark", marks.drop()) + " counter drop");
    lines.add("    " + has("ct mark", marks.bypass()) + " counter goto pass");
    select(lines, plan.selection());
    lines.add("  }");
  }

  private static void select(Lines lines, Selection selection) {
    if (!selection.interfaces().isEmpty()) {
      List<String> quoted = selection.interfaces().stream().map(n -> '"' + n + '"').toList();
      pass(lines, "iifname != " + set(quoted) + " oifname != " + set(quoted));
    }
    if (!selection.addresses().isEmpty()) {
      family(lines, "ipv4", "ip", selection.addresses(true));
      family(lines, "ipv6", "ip6", selection.addresses(false));
    }
    if (!selection.protocols().isEmpty()) {
      pass(lines, "meta l4proto != " + set(selection.protocols()));
    }
    if (!selection.ports().isEmpty()) {
      pass(lines, "meta l4proto != { tcp, udp }");
      String ports = set(selection.ports().stream().map(Selection.Ports::toString).toList());
      pass(lines, "th sport != " + ports + " th dport != " + ports);
    }
  }

  private static void family(Lines lines, String family, String header, List<String> addresses) {
    pass(
        lines,
        addresses.isEmpty()
            ? "meta nfproto " + family
            : header
                + " saddr != "
                + set(addresses)
                + " "
                + header
                + " daddr != "
                + set(addresses));
  }

  private static void pass(Lines lines, String match) {
    lines.add("    " + match + " goto pass");
  }

  private static void queue(Lines lines, RulePlan plan, HookPlace place) {
    base(lines, "up", place, place.queue());
    lines.add("    " + has("meta mark", plan.marks().skip()) + " accept");
    lines.add("    queue" + flags(plan) + " to " + plan.queues());
    lines.add("  }");
  }

  private static String flags(RulePlan plan) {
    List<String> flags = new ArrayList<>();
    if (plan.passUnserved()) {
      flags.add("bypass");
    }
    if (plan.balance() == Balance.PROCESSORS && plan.queues().count() > 1) {
      flags.add("fanout");
    }
    return flags.isEmpty() ? "" : " flags " + String.join(",", flags);
  }

  private static void after(Lines lines, MarkPlan marks, HookPlace place) {
    base(lines, "after", place, place.after());
    lines.add(
        "    "
            + has("meta mark", marks.bypass())
            + " ct mark set ct mark | "
            + hex(marks.bypass()));
    lines.add("    meta mark set meta mark & " + hex(~marks.used()));
    lines.add("  }");
  }

  private static void base(Lines lines, String name, HookPlace place, int priority) {
    lines.add("  chain " + name + " {");
    lines.add(
        "    type filter hook %s priority %d; policy accept;".formatted(place.hook(), priority));
  }

  private static String has(String mark, int bit) {
    return mark + " & " + hex(bit) + " == " + hex(bit);
  }

  private static String set(List<String> elements) {
    return "{ " + String.join(", ", elements) + " }";
  }

  static String hex(int bits) {
    return "0x%08x".formatted(bits);
  }

  private static final class Lines {
    private final StringBuilder text = new StringBuilder();

    void add(String line) {
      text.append(line).append('\n');
    }

    String text() {
      return text.toString();
    }
  }
}
