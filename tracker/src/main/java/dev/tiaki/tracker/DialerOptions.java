package dev.tiaki.tracker;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * How the connections that a program opens are tracked. Immutable; start from {@link #DEFAULTS} or
 * {@link #category(String)} and change it with the methods.
 *
 * @param tracking what dialers share with listeners
 */
public record DialerOptions(TrackingOptions tracking) {
  /** No category, nobody listens, everything as documented. */
  public static final DialerOptions DEFAULTS = new DialerOptions(TrackingOptions.DEFAULTS);

  /** Checks the component. */
  public DialerOptions {
    requireNonNull(tracking, "tracking is null");
  }

  /** Returns the defaults with this category. */
  public static DialerOptions category(String category) {
    return new DialerOptions(TrackingOptions.category(category));
  }

  private DialerOptions with(TrackingOptions other) {
    return new DialerOptions(other);
  }

  /** Returns these options with a listener of its own, which replaces the single callbacks. */
  public DialerOptions listener(ConnectionListener listener) {
    return with(tracking.withListener(listener));
  }

  /** Returns these options with something that each connection carries along. */
  public DialerOptions context(@Nullable Object context) {
    return with(tracking.withContext(context));
  }

  /** Returns these options with one more scoped value that is carried along into callbacks. */
  public DialerOptions scopedValue(ScopedValue<?> key) {
    return with(tracking.withScopedValue(key));
  }

  /** Returns these options with this number of close events. */
  public DialerOptions closeEvents(CloseEvents events) {
    return with(tracking.withCloseEvents(events));
  }

  /** Returns these options with this fate of callbacks that throw. */
  public DialerOptions callbackErrors(CallbackErrors errors) {
    return with(tracking.withCallbackErrors(errors));
  }

  /** Returns these options with removal at the end of the stream on or off. */
  public DialerOptions removeOnEof(boolean remove) {
    return with(tracking.withRemoveOnEof(remove));
  }

  /** Returns these options with one more callback. */
  public DialerOptions onDial(TrackingOptions.OnDial callback) {
    return with(tracking.onDial(callback));
  }

  /** Returns these options with one more callback. */
  public DialerOptions onRead(TrackingOptions.OnTransfer callback) {
    return with(tracking.onRead(callback));
  }

  /** Returns these options with one more callback. */
  public DialerOptions onWrite(TrackingOptions.OnTransfer callback) {
    return with(tracking.onWrite(callback));
  }

  /** Returns these options with one more callback. */
  public DialerOptions onClose(TrackingOptions.OnClose callback) {
    return with(tracking.onClose(callback));
  }
}
