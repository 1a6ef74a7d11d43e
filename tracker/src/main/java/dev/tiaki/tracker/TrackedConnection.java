package dev.tiaki.tracker;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One connection in the list of its tracker: what counts it, and the way to close it.
 *
 * <p>Sockets and channels that the tracker wraps use it by themselves. Code that does its own I/O
 * (selectors, native transports) gets one from {@link ConnectionTracker#register}, calls {@link
 * #addRead} and {@link #addWritten} after its operations, and {@link #close} in the end. All
 * methods may be called by any thread; counting takes no lock and allocates nothing.
 */
public final class TrackedConnection implements Closeable {
  private final ConnectionTracker tracker;
  private final TrackingOptions options;
  private final Closeable resource;
  private final @Nullable SocketAddress local;
  private final @Nullable SocketAddress remote;
  private final Role role;
  private final long id;
  private final Instant openedAt = Instant.now();
  private final long openedNanos;
  private final boolean observed;

  private final AtomicLong readBytes = new AtomicLong();
  private final AtomicLong writtenBytes = new AtomicLong();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile long activeNanos;

  TrackedConnection(
      ConnectionTracker tracker,
      long id,
      Closeable resource,
      @Nullable SocketAddress local,
      @Nullable SocketAddress remote,
      Role role,
      TrackingOptions options) {
    this.tracker = tracker;
    this.id = id;
    this.resource = resource;
    this.local = local;
    this.remote = remote;
    this.role = role;
    this.options = options;
    this.openedNanos = tracker.nanoTime();
    this.activeNanos = openedNanos;
    this.observed = options.listener() != ConnectionListener.NONE;
  }

  /** Returns the number of the connection in its tracker, from 1. */
  public long id() {
    return id;
  }

  /** Returns the name of its group. */
  public String category() {
    return options.category();
  }

  /** Returns which side of it this program is. */
  public Role role() {
    return role;
  }

  /** Returns this program's end, or null when not known. */
  public @Nullable SocketAddress localAddress() {
    return local;
  }

  /** Returns the peer's end, or null when not known. */
  public @Nullable SocketAddress remoteAddress() {
    return remote;
  }

  /** Returns what its options carry along, or null. */
  public @Nullable Object context() {
    return options.context();
  }

  /** Returns the socket or channel itself, past all counting. */
  public Closeable unwrap() {
    return resource;
  }

  /** Returns how many bytes were read. */
  public long readBytes() {
    return readBytes.getOpaque();
  }

  /** Returns how many bytes were written. */
  public long writtenBytes() {
    return writtenBytes.getOpaque();
  }

  /** Returns the facts as they are now. */
  public ConnectionInfo info() {
    return new ConnectionInfo(
        id,
        options.category(),
        role,
        local,
        remote,
        openedAt,
        Duration.ofNanos(tracker.nanoTime() - openedNanos),
        readBytes(),
        writtenBytes());
  }

  /** Returns how long nothing was read or written. */
  public Duration idleFor() {
    return Duration.ofNanos(tracker.nanoTime() - activeNanos);
  }

  /** Counts {@code bytes} that were read; a negative number is the end of the stream. */
  public void addRead(long bytes) {
    reportRead(bytes, null);
  }

  /** Counts {@code bytes} that were written. */
  public void addWritten(long bytes) {
    reportWrite(bytes, null);
  }

  /**
   * Counts a read and tells the listener.
   *
   * @param bytes how many; negative at the end of the stream
   * @param error why the read failed, or null
   */
  public void reportRead(long bytes, @Nullable IOException error) {
    long counted = Math.max(bytes, 0);
    if (counted > 0) {
      readBytes.getAndAdd(counted);
      activeNanos = tracker.nanoTime();
    }
    if (observed) {
      IOException end = bytes < 0 && error == null ? new EOFException("end of stream") : error;
      try {
        options.listener().onRead(this, counted, end);
      } catch (Throwable t) {
        callbackFailed(t);
      }
    }
    if (bytes < 0 && options.removeOnEof()) {
      tracker.remove(this);
    }
  }

  /**
   * Counts a write and tells the listener.
   *
   * @param bytes how many
   * @param error why the write failed, or null
   */
  public void reportWrite(long bytes, @Nullable IOException error) {
    if (bytes > 0) {
      writtenBytes.getAndAdd(bytes);
      activeNanos = tracker.nanoTime();
    }
    if (observed) {
      try {
        options.listener().onWrite(this, bytes, error);
      } catch (Throwable t) {
        callbackFailed(t);
      }
    }
  }

  /** Closes the socket or channel, takes the connection off the list, and tells the listener. */
  @Override
  public void close() throws IOException {
    close(resource);
  }

  void close(Closeable what) throws IOException {
    boolean first = closed.compareAndSet(false, true);
    if (!first && options.closeEvents() == CloseEvents.ONCE) {
      what.close();
      return;
    }
    IOException failure = null;
    try {
      what.close();
    } catch (IOException e) {
      failure = e;
    } finally {
      tracker.remove(this);
    }
    closed(failure);
    if (failure != null) {
      throw failure;
    }
  }

  /** Takes the connection off the list and tells the listener, for I/O that closes by itself. */
  public void closedByItself(@Nullable IOException error) {
    if (closed.compareAndSet(false, true) || options.closeEvents() == CloseEvents.PER_CALL) {
      tracker.remove(this);
      closed(error);
    }
  }

  private void closed(@Nullable IOException error) {
    tracker.closed(this, error);
    if (observed) {
      try {
        options.listener().onClose(this, error);
      } catch (Throwable t) {
        callbackFailed(t);
      }
    }
  }

  /** Tells whether it was closed through the tracker. */
  public boolean isClosed() {
    return closed.get();
  }

  private void callbackFailed(Throwable failure) {
    tracker.callbackFailed(failure, options);
  }

  TrackingOptions options() {
    return options;
  }

  @Override
  public String toString() {
    return info().toString();
  }
}
