package dev.tiaki.engine.packet;

/** Why a packet was dropped; counted and shown for each. */
public enum DropReason {
  /** A rule dropped it. */
  RULE,
  /** A rule failed on it and {@code on-rule-error} says drop. */
  RULE_ERROR,
  /** A policy dropped it, such as {@code no_connection_found}. */
  POLICY,
  /** Its headers are broken. */
  MALFORMED,
  /** Its flow was dropped or reset before. */
  FLOW_DROPPED,
  /** It carries bytes that were already seen, and compatibility asks for it to be ignored. */
  RETRANSMISSION,
  /** A rule erased all of its payload. */
  EMPTIED,
  /** Keeping it would go past a limit. */
  BOUND,
  /** It waited for missing packets or fragments that never came. */
  INCOMPLETE,
  /** Nobody decided about it. */
  UNCLAIMED,
  /** The engine failed on it: a defect, reported as such. */
  ENGINE_ERROR
}
