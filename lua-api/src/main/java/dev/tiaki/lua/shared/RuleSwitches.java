package dev.tiaki.lua.shared;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The switches of the rules of all workers. Each worker loads the same rule files into a state of
 * its own; a rule that one of them turns off is off in all. After a reload every rule is on: what
 * stood at a line may be another rule now.
 */
public final class RuleSwitches {
  private final Map<Integer, Integer> loadsByWorker = new HashMap<>();
  private final Map<Integer, Board> boardsByLoad = new HashMap<>();

  /** Makes the switches of a program that has loaded nothing yet. */
  public RuleSwitches() {}

  /**
   * Returns the switches of what a worker is about to load: those that the other workers got for
   * their first, second, … load.
   *
   * @param worker the number of the worker, from 0
   */
  public synchronized Board join(int worker) {
    int load = loadsByWorker.merge(worker, 1, Integer::sum);
    int oldest = loadsByWorker.values().stream().min(Integer::compare).orElse(load);
    boardsByLoad.keySet().removeIf(number -> number < oldest);
    return boardsByLoad.computeIfAbsent(load, _ -> new Board());
  }

  /** The switches of one load of the rule files. */
  public static final class Board {
    private final Map<String, RuleSwitch> switches = new ConcurrentHashMap<>();

    private Board() {}

    /** Returns the switch of the rule that {@code key} says, the same for each worker. */
    public RuleSwitch of(String key) {
      return switches.computeIfAbsent(key, _ -> new RuleSwitch());
    }
  }
}
