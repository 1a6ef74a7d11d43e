package dev.tiaki.netfilter.conntrack;

/** What became of a deletion. */
public enum DeleteResult {
  /** The entry is gone because of it. */
  DELETED,
  /** There was no such entry: it had ended, or another one has its tuple now. */
  ALREADY_GONE,
  /** The kernel refused. */
  REFUSED
}
