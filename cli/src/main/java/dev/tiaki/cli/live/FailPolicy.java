package dev.tiaki.cli.live;

/** What happens to packets that nobody can decide about. */
public enum FailPolicy {
  /** They pass. */
  OPEN,
  /** They are dropped. */
  CLOSED
}
