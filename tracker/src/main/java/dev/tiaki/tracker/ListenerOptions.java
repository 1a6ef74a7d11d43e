package dev.tiaki.tracker;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * How the connections that a listener accepts are tracked. Immutable; start from {@link #DEFAULTS}
 * or {@link #category(String)} and change it with the methods.
 *
 * @param tracking what listeners share with dialers
 * @param maxConnections how many connections of the listener may be open at once, 0 for no limit
 * @param overLimit what happens to the next one then
 */
public record ListenerOptions(TrackingOptions tracking, int maxConnections, OverLimit overLimit) {
  /** No category, nobody listens, no limit, everything as documented. */
  public static final ListenerOptions DEFAULTS =
      new ListenerOptions(TrackingOptions.DEFAULTS, 0, OverLimit.REFUSE);

  /** Checks the components. */
  public ListenerOptions {
    requireNonNull(tracking, "tracking is null");
    requireNonNull(overLimit, "overLimit is null");
    if (maxConnections < 0) {
      throw new IllegalArgumentException("maxConnections=" + maxConnections);
    }
  }

  /** Returns the defaults with this category. */
  public static ListenerOptions category(String category) {
    return DEFAULTS.with(TrackingOptions.category(category));
  }

  private ListenerOptions with(TrackingOptions other) {
    return new ListenerOptions(other, maxConnections, overLimit);
  }

  /** Returns these options with at most {@code count} connections at once; 0 for no limit. */
  public ListenerOptions maxConnections(int count, OverLimit over) {
    return new ListenerOptions(tracking, count, over);
  }

  /** Returns these options with a listener of its own, which replaces the single callbacks. */
  public ListenerOptions listener(ConnectionListener listener) {
    return with(tracking.withListener(listener));
  }

  /** Returns these options with something that each connection carries along. */
  public ListenerOptions context(@Nullable Object context) {
    return with(tracking.withContext(context));
  }

  /** Returns these options with one more scoped value that is carried along into callbacks. */
  public ListenerOptions scopedValue(ScopedValue<?> key) {
    return with(tracking.withScopedValue(key));
  }

  /** Returns these options with this number of close events. */
  public ListenerOptions closeEvents(CloseEvents events) {
    return with(tracking.withCloseEvents(events));
  }

  /** Returns these options with this fate of callbacks that throw. */
  public ListenerOptions callbackErrors(CallbackErrors errors) {
    return with(tracking.withCallbackErrors(errors));
  }

  /** Returns these options with removal at the end of the stream on or off. */
  public ListenerOptions removeOnEof(boolean remove) {
    return with(tracking.withRemoveOnEof(remove));
  }

  /** Returns these options with one more callback. */
  public ListenerOptions onAccept(TrackingOptions.OnAccept callback) {
    return with(tracking.onAccept(callback));
  }

  /** Returns these options with one more callback. */
  public ListenerOptions onRead(TrackingOptions.OnTransfer callback) {
    return with(tracking.onRead(callback));
  }

  /** Returns these options with one more callback. */
  public ListenerOptions onWrite(TrackingOptions.OnTransfer callback) {
    return with(tracking.onWrite(callback));
  }

  /** Returns these options with one more callback. */
  public ListenerOptions onClose(TrackingOptions.OnClose callback) {
    return with(tracking.onClose(callback));
  }
}
