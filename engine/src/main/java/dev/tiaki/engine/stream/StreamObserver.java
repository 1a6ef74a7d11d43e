package dev.tiaki.engine.stream;

/**
 * Sees one direction of a stream in order, as it was captured, whatever rules do with it.
 *
 * <p>Offsets count from the first byte of the stream. The arrays are valid during the call only.
 */
public interface StreamObserver {
  /** The next {@code length} bytes of the stream, of which the first has {@code streamOffset}. */
  void data(long streamOffset, byte[] array, int offset, int length);

  /** {@code bytes} bytes from {@code streamOffset} on are missing; the next data follow them. */
  void gap(long streamOffset, long bytes);

  /**
   * Bytes seen before came again and the overlap policy lets the last copy count: only called under
   * {@link OverlapPolicy#LAST}, which a stream that was delivered can no longer obey.
   */
  void replaced(long streamOffset, byte[] array, int offset, int length);

  /** Nothing follows; called once. */
  void finished();
}
