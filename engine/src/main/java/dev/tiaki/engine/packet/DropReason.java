package dev.tiaki.engine.packet;

import java.util.Locale;

/** Why a packet was dropped; counted and shown for each. */
public enum DropReason {
  /** A rule dropped it. */
  RULE(DropKind.RULE, "a rule dropped it"),
  /** A rule failed on it and {@code on-rule-error} says drop. */
  RULE_ERROR(DropKind.RULE, "a rule failed on it"),
  /** A policy dropped it, such as {@code no_connection_found}. */
  POLICY(DropKind.POLICY, "a policy dropped it"),
  /** Its headers are broken. */
  MALFORMED(DropKind.ENGINE, "it is broken"),
  /** Its flow was dropped or reset before. */
  FLOW_DROPPED(DropKind.RULE, "its flow was dropped before"),
  /** It carries bytes that were already seen, and compatibility asks for it to be ignored. */
  RETRANSMISSION(DropKind.ENGINE, "it carries nothing new"),
  /** A rule erased all of its payload. */
  EMPTIED(DropKind.RULE, "a rule erased all that it carried"),
  /** Keeping it would go past a limit. */
  BOUND(DropKind.BOUND, "keeping it would go past a limit"),
  /** It waited for missing packets or fragments that never came. */
  INCOMPLETE(DropKind.ENGINE, "what it waited for never came"),
  /** Nobody decided about it. */
  UNCLAIMED(DropKind.ENGINE, "nobody decided about it"),
  /** The engine failed on it: a defect, reported as such. */
  ENGINE_ERROR(DropKind.ENGINE, "the engine failed on it");

  private final DropKind kind;
  private final String text;

  DropReason(DropKind kind, String text) {
    this.kind = kind;
    this.text = text;
  }

  /** Returns who is behind it. */
  public DropKind kind() {
    return kind;
  }

  /** Returns the reason as the end of a sentence about the packet. */
  public String text() {
    return text;
  }

  /** Returns the name in lower case, as counters, records and the control API have it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
