package dev.tiaki.lua.haka;

/** Whether what a rule decides is carried out. */
public enum RuleMode {
  /** It is. */
  ENFORCE,
  /** Its verdicts and edits are only reported, each as an alert that says what it would do. */
  ALERT
}
