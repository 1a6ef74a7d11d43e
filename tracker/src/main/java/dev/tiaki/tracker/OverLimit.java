package dev.tiaki.tracker;

/** What a listener does when as many of its connections are open as may be. */
public enum OverLimit {
  /** It accepts the next one and closes it at once; the peer learns of it. */
  REFUSE,
  /** It accepts none until one is closed; peers wait in the system's queue. */
  WAIT
}
