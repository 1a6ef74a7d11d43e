package dev.tiaki.tracker;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls another listener with scoped values bound as they were in the opening thread. */
final class ScopedListener implements ConnectionListener {
  private final ConnectionListener next;
  private final ScopedValue.Carrier scope;

  private ScopedListener(ConnectionListener next, ScopedValue.Carrier scope) {
    this.next = next;
    this.scope = scope;
  }

  /** Returns {@code next} itself where there is nothing to bind or nobody to call. */
  static ConnectionListener of(ConnectionListener next, List<ScopedValue<?>> keys) {
    ScopedValue.@Nullable Carrier scope = null;
    for (ScopedValue<?> key : keys) {
      scope = key.isBound() ? with(scope, key) : scope;
    }
    return scope == null || next == ConnectionListener.NONE
        ? next
        : new ScopedListener(next, scope);
  }

  private static <T> ScopedValue.Carrier with(
      ScopedValue.@Nullable Carrier scope, ScopedValue<T> key) {
    return scope == null ? ScopedValue.where(key, key.get()) : scope.where(key, key.get());
  }

  @Override
  public void onAccept(@Nullable TrackedConnection connection, @Nullable IOException error) {
    scope.run(() -> next.onAccept(connection, error));
  }

  @Override
  public void onDial(
      String network,
      String address,
      @Nullable TrackedConnection connection,
      @Nullable IOException error) {
    scope.run(() -> next.onDial(network, address, connection, error));
  }

  @Override
  public void onRead(TrackedConnection connection, long bytes, @Nullable IOException error) {
    scope.run(() -> next.onRead(connection, bytes, error));
  }

  @Override
  public void onWrite(TrackedConnection connection, long bytes, @Nullable IOException error) {
    scope.run(() -> next.onWrite(connection, bytes, error));
  }

  @Override
  public void onClose(TrackedConnection connection, @Nullable IOException error) {
    scope.run(() -> next.onClose(connection, error));
  }
}
