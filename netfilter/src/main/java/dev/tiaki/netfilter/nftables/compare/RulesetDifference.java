package dev.tiaki.netfilter.nftables.compare;

import dev.tiaki.netfilter.nftables.model.Command;
import dev.tiaki.netfilter.nftables.model.NftDocument;
import dev.tiaki.netfilter.nftables.model.NftItem;
import dev.tiaki.netfilter.nftables.model.Target;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How the ruleset that is there differs from the one that is wanted. Handles, counters, remaining
 * times, the order of sets and the different ways in which nftables writes one thing are no
 * difference. Tables of which the wanted ruleset does not speak are left alone.
 */
public final class RulesetDifference {
  private final List<String> lines = new ArrayList<>();
  private final List<NftItem> commands = new ArrayList<>();

  private RulesetDifference() {}

  /**
   * Compares a listing with a document that says what is wanted.
   *
   * @throws UnclearRuleset when one of them refers to something that it does not hold
   */
  public static RulesetDifference between(NftDocument present, NftDocument wanted)
      throws UnclearRuleset {
    return between(RulesetContent.of(present), RulesetContent.of(wanted));
  }

  /** Compares what is there with what is wanted. */
  public static RulesetDifference between(RulesetContent present, RulesetContent wanted) {
    RulesetDifference difference = new RulesetDifference();
    Set<RulesetContent.TableName> names = new LinkedHashSet<>(present.tables().keySet());
    names.addAll(wanted.tables().keySet());
    for (RulesetContent.TableName name : names) {
      if (wanted.speaksOf(name)) {
        difference.compare(name, present, wanted);
      }
    }
    return difference;
  }

  private void compare(
      RulesetContent.TableName name, RulesetContent present, RulesetContent wanted) {
    TableContent before = present.tables().get(name);
    TableContent after = wanted.tables().get(name);
    if (after == null) {
      lines.add("- table " + name.family().word() + " " + name.name());
      commands.add(new Command.Delete(Target.Reference.table(name.family(), name.name())));
    } else if (before == null) {
      List<NftItem> additions = Additions.of(after);
      additions.forEach(item -> lines.add("+ " + RulesetText.line(((Command.Add) item).object())));
      commands.addAll(additions);
    } else {
      TableDifference inside = new TableDifference(before, after);
      if (!inside.lines().isEmpty()) {
        lines.add("table " + name.family().word() + " " + name.name());
        inside.lines().forEach(line -> lines.add("  " + line));
        commands.addAll(inside.commands());
      }
    }
  }

  /** Tells whether there is none. */
  public boolean isEmpty() {
    return lines.isEmpty();
  }

  /** Returns it for people: what is too much behind {@code -}, what is missing behind {@code +}. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** Returns the commands that make what is there be what is wanted, as one transaction. */
  public NftDocument commands() {
    return new NftDocument(commands);
  }
}
