package dev.tiaki.engine.stream;

/** What became of a segment that was offered to a {@link SegmentQueue}. */
public enum QueueResult {
  /** It waits. */
  QUEUED,
  /** All its bytes wait already; it is not needed. */
  DUPLICATE,
  /** Refused: too many bytes wait. */
  TOO_MANY_BYTES,
  /** Refused: it would open one hole too many. */
  TOO_MANY_HOLES,
  /** Refused: too many segments wait. */
  TOO_MANY_SEGMENTS,
  /** Refused: it is too far ahead. */
  TOO_FAR;

  /** Tells whether a bound was reached. */
  public boolean isRejection() {
    return this != QUEUED && this != DUPLICATE;
  }
}
