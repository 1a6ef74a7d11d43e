package dev.tiaki.tracker;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How connections are tracked, whichever side opened them: what {@link ListenerOptions} and {@link
 * DialerOptions} share. Immutable; start from {@link #DEFAULTS} or {@link #category(String)} and
 * change it with the methods.
 *
 * @param category a name for the group of connections; may be empty, need not be unique
 * @param listener is told what happens; {@link ConnectionListener#NONE} for nobody
 * @param context anything that the connections shall carry along, or null
 * @param closeEvents how often {@code onClose} is called
 * @param callbackErrors what happens when a callback throws
 * @param removeOnEof whether a connection leaves the list when its peer ended the stream; otherwise
 *     it stays until it is closed, which shows leaks
 * @param scopedValues what of the opening thread's scoped values callbacks see too, in whatever
 *     thread they run; those that are not bound there are left out
 */
public record TrackingOptions(
    String category,
    ConnectionListener listener,
    @Nullable Object context,
    CloseEvents closeEvents,
    CallbackErrors callbackErrors,
    boolean removeOnEof,
    List<ScopedValue<?>> scopedValues) {
  /** No category, nobody listens, everything as documented. */
  public static final TrackingOptions DEFAULTS =
      new TrackingOptions(
          "",
          ConnectionListener.NONE,
          null,
          CloseEvents.ONCE,
          CallbackErrors.HANDLER,
          false,
          List.of());

  /** Takes what happens to an accepted connection. */
  @FunctionalInterface
  public interface OnAccept {
    /** As {@link ConnectionListener#onAccept}. */
    void onAccept(@Nullable TrackedConnection connection, @Nullable IOException error);
  }

  /** Takes what happens to a dialed connection. */
  @FunctionalInterface
  public interface OnDial {
    /** As {@link ConnectionListener#onDial}. */
    void onDial(
        String network,
        String address,
        @Nullable TrackedConnection connection,
        @Nullable IOException error);
  }

  /** Takes what was read or written, or how a close went. */
  @FunctionalInterface
  public interface OnTransfer {
    /** As {@link ConnectionListener#onRead} and {@link ConnectionListener#onWrite}. */
    void onTransfer(TrackedConnection connection, long bytes, @Nullable IOException error);
  }

  /** Takes how a close went. */
  @FunctionalInterface
  public interface OnClose {
    /** As {@link ConnectionListener#onClose}. */
    void onClose(TrackedConnection connection, @Nullable IOException error);
  }

  /** Checks the components. */
  public TrackingOptions {
    requireNonNull(category, "category is null");
    requireNonNull(listener, "listener is null");
    requireNonNull(closeEvents, "closeEvents is null");
    requireNonNull(callbackErrors, "callbackErrors is null");
    scopedValues = List.copyOf(scopedValues);
  }

  /** Returns the defaults with this category. */
  public static TrackingOptions category(String category) {
    return new TrackingOptions(
        category,
        ConnectionListener.NONE,
        null,
        CloseEvents.ONCE,
        CallbackErrors.HANDLER,
        false,
        List.of());
  }

  /** Returns these options with a listener of its own, which replaces the single callbacks. */
  public TrackingOptions withListener(ConnectionListener newListener) {
    return new TrackingOptions(
        category, newListener, context, closeEvents, callbackErrors, removeOnEof, scopedValues);
  }

  /** Returns these options with something that each connection carries along. */
  public TrackingOptions withContext(@Nullable Object newContext) {
    return new TrackingOptions(
        category, listener, newContext, closeEvents, callbackErrors, removeOnEof, scopedValues);
  }

  /** Returns these options with this number of close events. */
  public TrackingOptions withCloseEvents(CloseEvents events) {
    return new TrackingOptions(
        category, listener, context, events, callbackErrors, removeOnEof, scopedValues);
  }

  /** Returns these options with this fate of callbacks that throw. */
  public TrackingOptions withCallbackErrors(CallbackErrors errors) {
    return new TrackingOptions(
        category, listener, context, closeEvents, errors, removeOnEof, scopedValues);
  }

  /** Returns these options with removal at the end of the stream on or off. */
  public TrackingOptions withRemoveOnEof(boolean remove) {
    return new TrackingOptions(
        category, listener, context, closeEvents, callbackErrors, remove, scopedValues);
  }

  /** Returns these options with one more scoped value that is carried along. */
  public TrackingOptions withScopedValue(ScopedValue<?> key) {
    List<ScopedValue<?>> more = new ArrayList<>(scopedValues);
    more.add(key);
    return new TrackingOptions(
        category, listener, context, closeEvents, callbackErrors, removeOnEof, more);
  }

  /** Returns these options with the scoped values as they are bound in this thread now. */
  TrackingOptions captured() {
    ConnectionListener scoped = ScopedListener.of(listener, scopedValues);
    return new TrackingOptions(
        category, scoped, context, closeEvents, callbackErrors, removeOnEof, List.of());
  }

  TrackingOptions onAccept(OnAccept callback) {
    return withListener(
        new ForwardingListener(listener) {
          @Override
          public void onAccept(@Nullable TrackedConnection c, @Nullable IOException error) {
            super.onAccept(c, error);
            callback.onAccept(c, error);
          }
        });
  }

  TrackingOptions onDial(OnDial callback) {
    return withListener(
        new ForwardingListener(listener) {
          @Override
          public void onDial(
              String network,
              String address,
              @Nullable TrackedConnection c,
              @Nullable IOException error) {
            super.onDial(network, address, c, error);
            callback.onDial(network, address, c, error);
          }
        });
  }

  /** Returns these options with one more callback. */
  public TrackingOptions onRead(OnTransfer callback) {
    return withListener(
        new ForwardingListener(listener) {
          @Override
          public void onRead(TrackedConnection c, long bytes, @Nullable IOException error) {
            super.onRead(c, bytes, error);
            callback.onTransfer(c, bytes, error);
          }
        });
  }

  /** Returns these options with one more callback. */
  public TrackingOptions onWrite(OnTransfer callback) {
    return withListener(
        new ForwardingListener(listener) {
          @Override
          public void onWrite(TrackedConnection c, long bytes, @Nullable IOException error) {
            super.onWrite(c, bytes, error);
            callback.onTransfer(c, bytes, error);
          }
        });
  }

  /** Returns these options with one more callback. */
  public TrackingOptions onClose(OnClose callback) {
    return withListener(
        new ForwardingListener(listener) {
          @Override
          public void onClose(TrackedConnection c, @Nullable IOException error) {
            super.onClose(c, error);
            callback.onClose(c, error);
          }
        });
  }
}
