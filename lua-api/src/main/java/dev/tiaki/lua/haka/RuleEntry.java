package dev.tiaki.lua.haka;

import dev.tiaki.engine.packet.DropOrigin;
import dev.tiaki.engine.rule.OnRuleError;
import dev.tiaki.lua.shared.RuleSwitch;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * One rule or rule group that a rule file registered in one Lua state: where it stands, whether it
 * runs, and what it has done. The worker that runs it writes the counters; every thread may read
 * them at any time without disturbing it, and may turn the rule on and off.
 */
public final class RuleEntry {
  /** So many first calls are measured one by one: they are slow, later ones are not like them. */
  private static final int MEASURED_CALLS = 64;

  /** Afterwards one call of so many is measured; reading a clock twice costs some 50 ns. */
  private static final int SAMPLED_CALLS = 64;

  private static final VarHandle HITS = counter("hits");
  private static final VarHandle ERRORS = counter("errors");
  private static final VarHandle WITHHELD = counter("withheld");
  private static final VarHandle NANOS = counter("nanos");

  private final @Nullable String name;
  private final String event;
  private final @Nullable String location;
  private final boolean group;
  private final RuleSwitch enabled;
  private final RuleMode mode;
  private final @Nullable OnRuleError onError;
  private final DropOrigin origin;
  private long hits;
  private long errors;
  private long nanos;
  private long withheld;
  private @Nullable String lastWithheld;
  private long lastPacket;
  private long lastFlow;

  private static VarHandle counter(String field) {
    try {
      return MethodHandles.lookup().findVarHandle(RuleEntry.class, field, long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  RuleEntry(
      @Nullable String name,
      String event,
      @Nullable String location,
      boolean group,
      RuleMode mode,
      @Nullable OnRuleError onError,
      RuleSwitch enabled) {
    this.name = name;
    this.event = event;
    this.location = location;
    this.group = group;
    this.mode = mode;
    this.onError = onError;
    this.enabled = enabled;
    this.origin = new DropOrigin(name, location, name == null && location == null ? event : null);
  }

  /** Returns the name that the rule file gave, or null. */
  public @Nullable String name() {
    return name;
  }

  /** Returns the event, {@code dissector:event}. */
  public String event() {
    return event;
  }

  /** Returns {@code file:line} of the registration, or null when it is not known. */
  public @Nullable String location() {
    return location;
  }

  /** Tells whether this is a rule group. */
  public boolean isGroup() {
    return group;
  }

  /** Returns whether what the rule decides is carried out. */
  public RuleMode mode() {
    return mode;
  }

  /** Returns what a failure of the rule means, or null when the program's policy says it. */
  public @Nullable OnRuleError onError() {
    return onError;
  }

  /** Returns what a failure means that does not stop the packet, or null when it may stop it. */
  @Nullable OnRuleError tolerance() {
    if (mode == RuleMode.ALERT) {
      return onError == OnRuleError.ACCEPT ? onError : OnRuleError.ALERT;
    }
    return onError == OnRuleError.DROP ? null : onError;
  }

  /** Tells whether the rule runs. */
  public boolean isEnabled() {
    return enabled.isEnabled();
  }

  /**
   * Turns the rule on or off, in all workers that loaded the same rule files. A streamed rule that
   * is turned off leaves the streams that it was reading; turned on again, it reads others.
   */
  public void setEnabled(boolean on) {
    enabled.setEnabled(on);
  }

  /** Returns how often the rule was run in this worker; a coroutine counts each time it goes on. */
  public long hits() {
    return (long) HITS.getOpaque(this);
  }

  /** Returns how often it failed. */
  public long errors() {
    return (long) ERRORS.getOpaque(this);
  }

  /** Returns the rule as who is behind a drop. */
  DropOrigin origin() {
    return origin;
  }

  /**
   * Returns the nanoseconds that it took, with everything it caused: measured for the first calls,
   * then an estimate from one call of 64.
   */
  public long nanos() {
    return (long) NANOS.getOpaque(this);
  }

  /** Returns how many verdicts and edits were only reported, because the mode is alert. */
  public long withheld() {
    return (long) WITHHELD.getOpaque(this);
  }

  /** Counts an action that is not carried out; false when it is the same as the last one. */
  boolean withhold(String action, long packet, long flow) {
    WITHHELD.setOpaque(this, withheld + 1);
    boolean fresh = !action.equals(lastWithheld) || packet != lastPacket || flow != lastFlow;
    lastWithheld = action;
    lastPacket = packet;
    lastFlow = flow;
    return fresh;
  }

  /** Counts a call and returns its beginning when it is one of those that are measured, else 0. */
  long begin() {
    long count = hits + 1;
    HITS.setOpaque(this, count);
    return count <= MEASURED_CALLS || count % SAMPLED_CALLS == 0 ? System.nanoTime() : 0;
  }

  /** Ends the call that {@link #begin} returned {@code start} for. */
  void end(long start) {
    if (start != 0) {
      long taken = System.nanoTime() - start;
      NANOS.setOpaque(this, nanos + (hits <= MEASURED_CALLS ? taken : taken * SAMPLED_CALLS));
    }
  }

  void failed() {
    ERRORS.setOpaque(this, errors + 1);
  }
}
