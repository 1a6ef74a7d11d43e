package dev.tiaki.engine.rule;

/** What happens to a packet and its flow when a rule fails on it. */
public enum OnRuleError {
  /** The packet and its flow are dropped: a broken rule lets nothing pass. The default. */
  DROP,
  /** The packet goes on as if the rule had not been there. */
  ACCEPT,
  /** As accept, and an alert says which rule failed. */
  ALERT
}
