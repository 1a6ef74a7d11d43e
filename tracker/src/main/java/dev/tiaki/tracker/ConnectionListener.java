package dev.tiaki.tracker;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Is told what happens to connections. Every method does nothing unless overridden.
 *
 * <p>Callbacks run in the thread that reads, writes, accepts, dials or closes, after the operation:
 * a slow one slows that thread. They may run at the same time for several connections, and for the
 * reader and the writer of one.
 */
public interface ConnectionListener {
  /** A listener that does nothing; operations skip it altogether. */
  ConnectionListener NONE = new ConnectionListener() {};

  /**
   * A connection was accepted, and is listed already; or accepting failed.
   *
   * @param connection the connection, or null on failure
   * @param error why accepting failed, or null
   */
  default void onAccept(@Nullable TrackedConnection connection, @Nullable IOException error) {}

  /**
   * A connection was dialed, and is listed already; or dialing failed.
   *
   * @param network {@code tcp}
   * @param address what was asked for, {@code host:port} as the caller wrote it
   * @param connection the connection, or null on failure
   * @param error why dialing failed, or null
   */
  default void onDial(
      String network,
      String address,
      @Nullable TrackedConnection connection,
      @Nullable IOException error) {}

  /**
   * Bytes were read; the counter includes them already.
   *
   * @param connection which one
   * @param bytes how many, 0 or more
   * @param error what ended the read, or null; {@link java.io.EOFException} at the end of the
   *     stream
   */
  default void onRead(TrackedConnection connection, long bytes, @Nullable IOException error) {}

  /**
   * Bytes were written; the counter includes them already.
   *
   * @param connection which one
   * @param bytes how many, 0 or more
   * @param error why the write failed, or null
   */
  default void onWrite(TrackedConnection connection, long bytes, @Nullable IOException error) {}

  /**
   * A connection was closed, and is no longer listed, even when closing failed.
   *
   * @param connection which one
   * @param error why closing failed, or null
   */
  default void onClose(TrackedConnection connection, @Nullable IOException error) {}
}
