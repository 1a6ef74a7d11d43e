package dev.tiaki.lua.haka;

import dev.tiaki.engine.log.LogSection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rules of one Lua state in the order in which they were registered. */
public final class RuleRegistry {
  private final List<RuleEntry> rules = new ArrayList<>();

  RuleRegistry() {}

  void add(RuleEntry rule) {
    rules.add(rule);
  }

  /** Returns the rules, the first registered first. */
  public List<RuleEntry> rules() {
    return Collections.unmodifiableList(rules);
  }

  /** Returns how many rules listen to each event, in the order of first registration. */
  public Map<String, Integer> countsByEvent() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (RuleEntry rule : rules) {
      counts.merge(rule.event(), 1, Integer::sum);
    }
    return counts;
  }

  /** Logs how many rules there are, as Haka does after loading a rule file. */
  void logSummary(LogSection log) {
    if (rules.isEmpty()) {
      log.warn("no registered rule");
      return;
    }
    countsByEvent()
        .forEach((event, count) -> log.info(count + " rule(s) on event '" + event + "'"));
    log.info(rules.size() + " rule(s) registered\n");
  }
}
