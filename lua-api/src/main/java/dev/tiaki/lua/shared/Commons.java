package dev.tiaki.lua.shared;

/** What the Lua states of one program have in common. May be used from any thread. */
public final class Commons {
  private final RuleSwitches switches = new RuleSwitches();

  /** Makes the common things of a program that has no Lua state yet. */
  public Commons() {}

  /** Returns the switches of the rules. */
  public RuleSwitches switches() {
    return switches;
  }
}
