package dev.tiaki.cli.control.event;

import dev.tiaki.cli.control.http.PieceSource;
import dev.tiaki.engine.log.LogLevel;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one listener has not read yet. The queue is bounded in events and in bytes; what does not
 * fit is dropped and counted, and the listener is told the count before the next event.
 */
public final class Subscription implements PieceSource {
  /** So many events may wait. */
  public static final int MAX_EVENTS = 1024;

  /** So many bytes may wait. */
  public static final int MAX_BYTES = 1 << 20;

  private final Set<EventKind> kinds;
  private final LogLevel level;
  private final EventLayout layout;
  private final Consumer<Subscription> closing;
  private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
  private Runnable ready = () -> {};
  private long waitingBytes;
  private long dropped;

  Subscription(
      Set<EventKind> kinds, LogLevel level, EventLayout layout, Consumer<Subscription> closing) {
    this.kinds = EnumSet.copyOf(kinds);
    this.level = level;
    this.layout = layout;
    this.closing = closing;
  }

  boolean wants(EventKind kind, LogLevel eventLevel) {
    return kinds.contains(kind) && (kind != EventKind.LOG || eventLevel.compareTo(level) <= 0);
  }

  /** Puts an event in, or drops it; never waits. */
  void offer(EventKind kind, byte[] json) {
    Runnable tell;
    synchronized (this) {
      if (waiting.size() >= MAX_EVENTS || waitingBytes + json.length > MAX_BYTES) {
        dropped++;
        return;
      }
      confess();
      put(layout.of(kind.word(), json));
      tell = ready;
    }
    tell.run();
  }

  /** Says how many events are missing, where they are missing. */
  private void confess() {
    if (dropped > 0) {
      put(layout.of("dropped", Event.dropped(dropped)));
      dropped = 0;
    }
  }

  private void put(byte[] piece) {
    waiting.add(piece);
    waitingBytes += piece.length;
  }

  @Override
  public synchronized void whenReady(Runnable action) {
    ready = action;
  }

  @Override
  public synchronized byte @Nullable [] poll() {
    if (waiting.isEmpty()) {
      confess();
    }
    byte[] next = waiting.poll();
    if (next != null) {
      waitingBytes -= next.length;
    }
    return next;
  }

  @Override
  public byte[] heartbeat() {
    return layout.nothing();
  }

  @Override
  public void close() {
    closing.accept(this);
  }
}
