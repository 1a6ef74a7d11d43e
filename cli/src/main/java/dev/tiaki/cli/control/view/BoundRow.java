package dev.tiaki.cli.control.view;

import dev.tiaki.cli.assembly.EngineWorker;
import dev.tiaki.cli.assembly.RunningEngine;
import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.Counters;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A bound that was reached.
 *
 * @param name the counter's name
 * @param description what is counted
 * @param count how often
 */
public record BoundRow(String name, String description, long count) {
  private static final Pattern BOUNDS =
      Pattern.compile(
          "(tcp\\.connections|udp\\.flows)\\.(evicted|refused)|tcp\\.waiting\\..*"
              + "|tcp\\.retainedTooMuch|tcp\\.sentBytes\\.notKept|dns\\.forgottenQueries"
              + "|ipv[46]\\.fragmentLimit|tunnel\\.tooDeep|verdicts\\.dropped\\.bound");

  /** Returns the bounds that were reached in any worker; stops none. */
  public static List<BoundRow> reached(RunningEngine engine) {
    Counters sum = new Counters();
    for (EngineWorker worker : engine.workers()) {
      sum.addAll(worker.counters());
    }
    return sum.all().stream()
        .filter(counter -> counter.value() > 0 && BOUNDS.matcher(counter.name()).matches())
        .map(BoundRow::of)
        .toList();
  }

  private static BoundRow of(Counter counter) {
    return new BoundRow(counter.name(), counter.description(), counter.value());
  }
}
