package dev.tiaki.engine.packet;

/** Where a packet comes from. */
public enum Origin {
  /** It was read from the source. */
  CAPTURED,
  /** A rule or a protocol made it; it leaves when it is sent. */
  FORGED,
  /** A rule made it and had it received as if it had been captured. */
  INJECTED
}
