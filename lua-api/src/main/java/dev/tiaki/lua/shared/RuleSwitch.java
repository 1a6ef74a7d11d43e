package dev.tiaki.lua.shared;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether one rule runs, for all workers that loaded it. A worker that reads it on each call pays
 * for a plain load; it sees a change within a few calls.
 */
public final class RuleSwitch {
  private final AtomicBoolean enabled = new AtomicBoolean(true);

  /** Makes a switch that is on. */
  public RuleSwitch() {}

  /** Tells whether the rule runs. */
  public boolean isEnabled() {
    return enabled.getOpaque();
  }

  /** Turns the rule on or off. */
  public void setEnabled(boolean on) {
    enabled.setOpaque(on);
  }
}
