package dev.tiaki.tracker;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How many connections of one listener may be open at once; each takes a place until its end. */
final class ConnectionLimit {
  /** How long a wait goes on before it looks whether the listener was closed. */
  private static final long LOOK_MILLIS = 50;

  private final int maxConnections;
  private final boolean waits;
  private final Semaphore places;

  private ConnectionLimit(ListenerOptions options) {
    maxConnections = options.maxConnections();
    waits = options.overLimit() == OverLimit.WAIT;
    places = new Semaphore(maxConnections);
  }

  /** Returns the limit that the options ask for, or null. */
  static @Nullable ConnectionLimit of(ListenerOptions options) {
    return options.maxConnections() == 0 ? null : new ConnectionLimit(options);
  }

  int maxConnections() {
    return maxConnections;
  }

  /** Takes a place if there is one. */
  boolean enter() {
    return places.tryAcquire();
  }

  /**
   * Waits for a place where that is asked for, as long as the listener is open and its timeout
   * allows; returns whether one was taken.
   */
  boolean awaitPlace(ServerSocket listener) throws IOException {
    if (!waits) {
      return false;
    }
    int timeoutMillis = listener.getSoTimeout();
    long start = System.nanoTime();
    try {
      while (!places.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (listener.isClosed()) {
          return false; // accepting says so
        }
        long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        if (timeoutMillis > 0 && waited >= timeoutMillis) {
          throw new SocketTimeoutException("Accept timed out, maxConnections=" + maxConnections);
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a place");
    }
  }

  void leave() {
    places.release();
  }

  void leave(boolean entered) {
    if (entered) {
      places.release();
    }
  }
}
