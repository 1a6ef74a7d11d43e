package dev.tiaki.cli.control.view;

import dev.tiaki.cli.assembly.EngineWorker;
import dev.tiaki.cli.assembly.RunningEngine;
import dev.tiaki.lua.haka.RuleEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule, its counts added up over all workers, since it was loaded.
 *
 * @param id its rank among the rules, from 1
 * @param name what the rule file calls it, or null
 * @param location {@code file:line}, or null when it is not known
 * @param event what it listens to
 * @param enabled whether it runs
 * @param hits how often it ran
 * @param errors how often it failed
 * @param seconds how long it took in all
 */
public record RuleRow(
    int id,
    @Nullable String name,
    @Nullable String location,
    String event,
    boolean enabled,
    long hits,
    long errors,
    double seconds) {

  /** Returns all rules, in the order in which they were registered; stops no worker. */
  public static List<RuleRow> all(RunningEngine engine) {
    List<List<RuleEntry>> loaded =
        engine.workers().stream().map(EngineWorker::ruleEntries).toList();
    List<RuleRow> rows = new ArrayList<>();
    if (!loaded.isEmpty()) {
      for (int rank = 0; rank < loaded.getFirst().size(); rank++) {
        rows.add(sum(loaded, rank));
      }
    }
    return rows;
  }

  /** Every worker loads the same files, so that rules of the same rank are the same. */
  private static RuleRow sum(List<List<RuleEntry>> loaded, int rank) {
    RuleEntry first = loaded.getFirst().get(rank);
    long hits = 0;
    long errors = 0;
    long nanos = 0;
    for (List<RuleEntry> entries : loaded) {
      if (rank < entries.size()) {
        RuleEntry rule = entries.get(rank);
        hits += rule.hits();
        errors += rule.errors();
        nanos += rule.nanos();
      }
    }
    return new RuleRow(
        rank + 1,
        first.name(),
        first.location(),
        first.event(),
        first.isEnabled(),
        hits,
        errors,
        nanos / 1e9);
  }

  /**
   * Turns a rule on or off in all workers.
   *
   * @param id its rank, from 1
   * @return false when there is no such rule
   */
  public static boolean setEnabled(RunningEngine engine, int id, boolean enabled) {
    boolean found = false;
    for (EngineWorker worker : engine.workers()) {
      List<RuleEntry> entries = worker.ruleEntries();
      if (id >= 1 && id <= entries.size()) {
        entries.get(id - 1).setEnabled(enabled);
        found = true;
      }
    }
    return found;
  }
}
