package dev.tiaki.tracker;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SocketChannel;

/** The wrappers of NIO channels for one tracker. */
public final class TrackingChannels {
  private final ConnectionTracker tracker;

  TrackingChannels(ConnectionTracker tracker) {
    this.tracker = tracker;
  }

  /** Tracks a channel that was accepted; the listener hears of it at once. */
  public TrackedSocketChannel accepted(SocketChannel channel, ListenerOptions options)
      throws IOException {
    TrackedConnection connection = register(channel, Role.SERVER, options.tracking());
    tracker.reportAccept(
        options.tracking(), Addresses.text(channel.getLocalAddress()), connection, null);
    return new TrackedSocketChannel(channel, connection);
  }

  /** Connects {@code channel} and tracks it; the listener hears of success and of failure. */
  public TrackedSocketChannel connect(
      SocketChannel channel, SocketAddress address, DialerOptions dialing) throws IOException {
    TrackingOptions options = dialing.tracking();
    String requested = CountedSocket.requested(address);
    try {
      channel.connect(address);
    } catch (IOException e) {
      tracker.reportDial(options, requested, null, e);
      throw e;
    }
    TrackedConnection connection = register(channel, Role.CLIENT, options);
    tracker.reportDial(options, requested, connection, null);
    return new TrackedSocketChannel(channel, connection);
  }

  /**
   * Returns the entry of a channel that a selector drives: the program reads and writes the channel
   * itself, or through {@link TrackedSocketChannel#over}, and closes the entry in the end.
   */
  public TrackedConnection register(SocketChannel channel, Role role, TrackingOptions options)
      throws IOException {
    return tracker.register(
        channel, channel.getLocalAddress(), channel.getRemoteAddress(), role, options);
  }

  /** Tracks an asynchronous channel that is connected already. */
  public TrackedAsynchronousSocketChannel asynchronous(
      AsynchronousSocketChannel channel, Role role, TrackingOptions options) throws IOException {
    TrackedConnection connection =
        tracker.register(
            channel, channel.getLocalAddress(), channel.getRemoteAddress(), role, options);
    return new TrackedAsynchronousSocketChannel(channel, connection);
  }
}
