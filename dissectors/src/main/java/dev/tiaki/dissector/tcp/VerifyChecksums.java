package dev.tiaki.dissector.tcp;

/** Which TCP checksums are verified on arrival. */
public enum VerifyChecksums {
  /**
   * Those of packets that could mislead a stream: connection control, and data that is not simply
   * next. A sender whose checksums were never right is taken for one with checksum offload.
   */
  AUTO,
  /** All; a packet with a wrong one is dropped, or left out of its stream when observing. */
  ALWAYS,
  /** None. */
  NEVER
}
