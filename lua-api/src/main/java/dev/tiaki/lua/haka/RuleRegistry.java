package dev.tiaki.lua.haka;

import dev.tiaki.engine.log.LogSection;
import dev.tiaki.engine.rule.OnRuleError;
import dev.tiaki.lua.shared.RuleSwitches;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one Lua state in the order in which they were registered. Rules are added by the
 * worker and may be looked at by any thread meanwhile.
 */
public final class RuleRegistry {
  private final List<RuleEntry> rules = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();
  private final RuleSwitches.Board switches;

  RuleRegistry(RuleSwitches.Board switches) {
    this.switches = switches;
  }

  /** Registers a rule; the n-th one at the same place has the same switch in every worker. */
  RuleEntry add(
      @Nullable String name,
      String event,
      @Nullable String location,
      boolean group,
      RuleMode mode,
      @Nullable OnRuleError onError) {
    String place = location + " " + event + " " + name;
    int rank = places.merge(place, 1, Integer::sum);
    RuleEntry rule =
        new RuleEntry(name, event, location, group, mode, onError, switches.of(place + " " + rank));
    rules.add(rule);
    return rule;
  }

  /** Returns the rules as they stand now, the first registered first; from any thread. */
  public List<RuleEntry> rules() {
    return List.copyOf(rules);
  }

  /** Returns how many rules listen to each event, in the order of first registration. */
  public Map<String, Integer> countsByEvent() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (RuleEntry rule : rules) {
      counts.merge(rule.event(), 1, Integer::sum);
    }
    return counts;
  }

  /**
   * Logs how many rules there are, as Haka does after loading a rule file.
   *
   * @param own events that a module of Haka listens to itself, by a rule that it counts
   */
  void logSummary(LogSection log, String... own) {
    if (rules.isEmpty() && own.length == 0) {
      log.warn("no registered rule");
      return;
    }
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String event : own) {
      counts.put(event, 1);
    }
    countsByEvent().forEach((event, count) -> counts.merge(event, count, Integer::sum));
    counts.forEach((event, count) -> log.info(count + " rule(s) on event '" + event + "'"));
    log.info((rules.size() + own.length) + " rule(s) registered\n");
  }
}
