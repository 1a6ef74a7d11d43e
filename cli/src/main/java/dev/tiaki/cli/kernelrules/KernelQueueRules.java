package dev.tiaki.cli.kernelrules;

import dev.tiaki.cli.live.QueueRange;
import dev.tiaki.cli.live.QueueRules;
import dev.tiaki.netfilter.nftables.transport.NftProgram;
import dev.tiaki.netfilter.queue.PacketQueue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Our rules in the kernel: one nftables table, and where nftables cannot queue, one rule for each
 * IP family in a table of iptables.
 *
 * <p>The table comes first, in one transaction; the queueing after it. They go in the opposite
 * order, and what iptables made for us goes with them, so that the ruleset reads as before.
 */
public final class KernelQueueRules implements QueueRules {
  private static final String PROBE =
      """
      table inet tiaki_probe {
        chain up {
          queue to 0
        }
      }
      delete table inet tiaki_probe
      """;

  private final RulePlan plan;
  private final Commands commands;
  private final XtablesBorrowed borrowed;
  private @Nullable Queueing queueing;

  /** Makes the rules of a plan; nothing is done yet. */
  public KernelQueueRules(RulePlan plan, Commands commands) {
    this.plan = plan;
    this.commands = commands;
    this.borrowed = new XtablesBorrowed(commands);
  }

  /** Returns what {@link #install} would do, for people; needs no rights. */
  public String describe() {
    return """
    # nft -f - (where this kernel's nftables can queue)
    %s
    # else, without the chain named up, and then for iptables-restore --noflush and
    # ip6tables-restore --noflush
    %s\
    """
        .formatted(MarkTable.script(plan, true, notes(List.of())), XtablesRule.addition(plan));
  }

  private List<String> notes(List<TableBefore> before) {
    return new Notes(plan.queues(), before).words();
  }

  @Override
  public void prepare() throws IOException {
    NftProgram.locate(); // what else could be missing matters only with it
    Translation.refuse(plan.hook(), commands);
    removeLeft();
    queueing = queueing();
  }

  private void removeLeft() throws IOException {
    Commands.Result listing =
        commands.run("", "nft", "-j", "list", "table", "inet", MarkTable.NAME);
    if (!listing.isDone()) {
      return;
    }
    Notes left = Notes.of(listing.output());
    if (left == null) {
      throw new IOException(
          "the table inet %s is not one of ours; remove or rename it".formatted(MarkTable.NAME));
    }
    refuseServed(left.queues());
    remove(left.before());
  }

  /** A run that lives guards already. */
  private void refuseServed(QueueRange queues) throws IOException {
    for (int number = queues.first(); number <= queues.last(); number++) {
      if (PacketQueue.isServed(commands.namespace(), number)) {
        throw new IOException(
            "another run guards here, it serves queue %d; stop it first".formatted(number));
      }
    }
  }

  /** What this kernel queues with. */
  private sealed interface Queueing {
    /** nftables alone. */
    record Nftables() implements Queueing {}

    /**
     * iptables behind our table.
     *
     * @param families the families that the kernel speaks
     * @param before what there is of their tables
     */
    record Iptables(List<Xtables> families, List<TableBefore> before) implements Queueing {}
  }

  private Queueing queueing() throws IOException {
    if (commands.run(PROBE, "nft", "-f", "-").isDone()) {
      return new Queueing.Nftables();
    }
    List<Xtables> families = families();
    List<TableBefore> before = new ArrayList<>();
    for (Xtables family : families) {
      before.add(borrowed.look(family.family(), HookPlace.of(plan.hook()).table()));
    }
    return new Queueing.Iptables(families, before);
  }

  @Override
  public void install() throws IOException {
    Queueing found = queueing == null ? queueing() : queueing;
    switch (found) {
      case Queueing.Nftables() ->
          commands.must(MarkTable.script(plan, true, notes(List.of())), "nft", "-f", "-");
      case Queueing.Iptables(var families, var before) -> {
        commands.must(MarkTable.script(plan, false, notes(before)), "nft", "-f", "-");
        add(families, before);
      }
    }
  }

  private void add(List<Xtables> families, List<TableBefore> before) throws IOException {
    try {
      for (Xtables family : families) {
        add(family);
      }
    } catch (IOException e) {
      remove(before);
      throw e;
    }
  }

  private List<Xtables> families() throws IOException {
    List<Xtables> families = new ArrayList<>();
    for (String family : List.of("ip", "ip6")) {
      Xtables tools = Xtables.find(commands, family);
      if (tools != null && tools.isFamilyThere()) {
        families.add(tools);
      } else if (tools == null) {
        throw new IOException(
            "this kernel's nftables cannot queue (CONFIG_NFT_QUEUE), and there is no %s to do it"
                    .formatted(Xtables.restoreName(family))
                + "; install it (Debian: apt-get install iptables)");
      }
    }
    return families;
  }

  private void add(Xtables family) throws IOException {
    Commands.Result result = family.restore(XtablesRule.addition(plan));
    if (!result.isDone()) {
      throw new IOException(
          "this kernel queues neither by nftables (CONFIG_NFT_QUEUE) nor by xtables"
              + " (CONFIG_NETFILTER_XT_TARGET_NFQUEUE): "
              + result.complaint());
    }
  }

  @Override
  public void remove() throws IOException {
    Commands.Result listing =
        commands.run("", "nft", "-j", "list", "table", "inet", MarkTable.NAME);
    Notes mine = listing.isDone() ? Notes.of(listing.output()) : null;
    if (mine != null) {
      remove(mine.before());
    }
  }

  /** Removes everything that it can; what went wrong first is thrown in the end. */
  private void remove(List<TableBefore> before) throws IOException {
    IOException problem = null;
    for (TableBefore table : before) {
      problem = first(problem, () -> unqueue(table));
    }
    problem = first(problem, () -> commands.must(MarkTable.removal(), "nft", "-f", "-"));
    if (problem != null) {
      throw problem;
    }
  }

  private void unqueue(TableBefore table) throws IOException {
    Xtables family = Xtables.find(commands, table.family());
    if (family != null) {
      String removal = XtablesRule.removal(family.saved());
      if (!removal.isEmpty()) {
        Commands.Result result = family.restore(removal);
        if (!result.isDone()) {
          throw new IOException("cannot take back our rule: " + result.complaint());
        }
      }
    }
    borrowed.giveBack(table);
  }

  private interface Step {
    void run() throws IOException;
  }

  private static @Nullable IOException first(@Nullable IOException before, Step step) {
    try {
      step.run();
      return before;
    } catch (IOException e) {
      return before == null ? e : before;
    }
  }
}
