package dev.tiaki.lua.shared;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the Lua states of one program have in common. May be used from any thread. */
public final class Commons {
  /** A name made of traffic would make a dictionary for each connection. */
  private static final int MOST_DICTIONARIES = 256;

  private final RuleSwitches switches = new RuleSwitches();
  private final Map<String, SharedDictionary> dictionaries = new HashMap<>();

  /** Makes the common things of a program that has no Lua state yet. */
  public Commons() {}

  /** Returns the switches of the rules. */
  public RuleSwitches switches() {
    return switches;
  }

  /**
   * Returns the dictionary of this name, made when it is asked for first; null when there are too
   * many.
   *
   * @param limits its bounds, when it is made
   */
  public @Nullable SharedDictionary dictionary(String name, SharedLimits limits) {
    synchronized (dictionaries) {
      SharedDictionary known = dictionaries.get(name);
      if (known == null && dictionaries.size() < MOST_DICTIONARIES) {
        known = new SharedDictionary(limits);
        dictionaries.put(name, known);
      }
      return known;
    }
  }
}
