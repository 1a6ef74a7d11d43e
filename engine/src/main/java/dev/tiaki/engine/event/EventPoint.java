package dev.tiaki.engine.event;

import java.util.Arrays;

/**
 * The listeners of one event, in the order in which they registered.
 *
 * <p>Whoever signals the event loops over {@link #get} up to {@link #size}, so that an event that
 * nobody listens to costs one comparison and no allocation. A listener added while the event is
 * being signalled is called in the same round, as Haka does. Used by one worker thread only.
 *
 * @param <L> the listener interface of the event
 */
public final class EventPoint<L> {
  private static final Object[] NONE = {};

  private final String name;
  private Object[] listeners = NONE;
  private int size;

  /** Makes an event without listeners, called {@code name} in logs ({@code tcp:receive_packet}). */
  public EventPoint(String name) {
    this.name = name;
  }

  /** Returns the name of the event, {@code dissector:event}. */
  public String name() {
    return name;
  }

  /** Adds a listener behind those already there. */
  public void add(L listener) {
    if (size == listeners.length) {
      listeners = Arrays.copyOf(listeners, size + Math.max(2, size));
    }
    listeners[size++] = listener;
    ListenerScope.added(this, listener);
  }

  /** Removes a listener, once; not while the event is being signalled. */
  void remove(L listener) {
    for (int i = 0; i < size; i++) {
      if (listeners[i] == listener) {
        Object[] rest = new Object[listeners.length - 1];
        System.arraycopy(listeners, 0, rest, 0, i);
        System.arraycopy(listeners, i + 1, rest, i, size - i - 1);
        listeners = rest;
        size--;
        return;
      }
    }
  }

  /** Tells whether nobody listens. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** Returns the number of listeners. */
  public int size() {
    return size;
  }

  /** Returns the listener at {@code index}, from 0 to below {@link #size}. */
  @SuppressWarnings("unchecked")
  public L get(int index) {
    return (L) listeners[index];
  }
}
