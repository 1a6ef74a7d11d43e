package dev.tiaki.tracker;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Hands everything to another listener; what single callbacks are added to. */
class ForwardingListener implements ConnectionListener {
  private final ConnectionListener next;

  ForwardingListener(ConnectionListener next) {
    this.next = next;
  }

  @Override
  public void onAccept(@Nullable TrackedConnection connection, @Nullable IOException error) {
    next.onAccept(connection, error);
  }

  @Override
  public void onDial(
      String network,
      String address,
      @Nullable TrackedConnection connection,
      @Nullable IOException error) {
    next.onDial(network, address, connection, error);
  }

  @Override
  public void onRead(TrackedConnection connection, long bytes, @Nullable IOException error) {
    next.onRead(connection, bytes, error);
  }

  @Override
  public void onWrite(TrackedConnection connection, long bytes, @Nullable IOException error) {
    next.onWrite(connection, bytes, error);
  }

  @Override
  public void onClose(TrackedConnection connection, @Nullable IOException error) {
    next.onClose(connection, error);
  }
}
