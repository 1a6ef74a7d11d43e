package dev.tiaki.lua.haka;

import org.jspecify.annotations.Nullable;

/** One rule or rule group that a rule file registered, and how often it ran. */
public final class RuleEntry {
  private final @Nullable String name;
  private final String event;
  private final @Nullable String location;
  private final boolean group;
  private long hits;
  private long errors;

  RuleEntry(@Nullable String name, String event, @Nullable String location, boolean group) {
    this.name = name;
    this.event = event;
    this.location = location;
    this.group = group;
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

  /** Returns how often the rule was run. */
  public long hits() {
    return hits;
  }

  /** Returns how often it failed. */
  public long errors() {
    return errors;
  }

  void hit() {
    hits++;
  }

  void failed() {
    errors++;
  }
}
