package dev.tiaki.tracker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.nio.channels.ServerSocketChannel;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A server socket whose accepted connections are tracked. Closing it leaves them open, as any
 * server socket does.
 */
public final class TrackingServerSocket extends ServerSocket {
  private final TrackingSockets sockets;
  private final ServerSocket base;
  private final TrackingOptions options;
  private final @Nullable ConnectionLimit limit;

  TrackingServerSocket(TrackingSockets sockets, ServerSocket base, ListenerOptions listening)
      throws IOException {
    this.sockets = sockets;
    this.base = base;
    ConnectionLimit bound = ConnectionLimit.of(listening);
    this.limit = bound;
    TrackingOptions captured = listening.tracking().captured();
    this.options =
        bound == null
            ? captured
            : captured
                .withListener(leaving(captured.listener(), bound))
                .withCloseEvents(CloseEvents.ONCE);
  }

  /** Frees the place of a connection that was closed, whatever the listener throws. */
  private static ConnectionListener leaving(ConnectionListener listener, ConnectionLimit bound) {
    return new ForwardingListener(listener) {
      @Override
      public void onClose(TrackedConnection connection, @Nullable IOException error) {
        try {
          super.onClose(connection, error);
        } finally {
          bound.leave();
        }
      }
    };
  }

  /**
   * Accepts a connection, puts it on the list, and tells the listener. With a limit on connections,
   * one that comes above it is closed at once, the listener is told, and accepting goes on; or none
   * is accepted until there is a place.
   */
  @Override
  public Socket accept() throws IOException {
    ConnectionLimit bound = limit;
    if (bound == null) {
      return tracked(acceptFromBase());
    }
    while (true) {
      boolean entered = bound.awaitPlace(base);
      Socket accepted;
      try {
        accepted = acceptFromBase();
      } catch (IOException e) {
        bound.leave(entered);
        throw e;
      }
      if (entered || bound.enter()) {
        return tracked(accepted);
      }
      refuse(accepted, bound);
    }
  }

  private Socket tracked(Socket accepted) throws IOException {
    return sockets.accepted(accepted, options, Addresses.text(getLocalSocketAddress()));
  }

  private void refuse(Socket accepted, ConnectionLimit bound) throws IOException {
    accepted.close();
    IOException why = new IOException("refused, maxConnections=" + bound.maxConnections());
    sockets.tracker().reportAccept(options, Addresses.text(getLocalSocketAddress()), null, why);
  }

  private Socket acceptFromBase() throws IOException {
    try {
      return base.accept();
    } catch (IOException e) {
      sockets.tracker().reportAccept(options, Addresses.text(getLocalSocketAddress()), null, e);
      throw e;
    }
  }

  /** Returns null: connections accepted past this socket would not be tracked. */
  @Override
  public @Nullable ServerSocketChannel getChannel() {
    return null;
  }

  @Override
  public <T> ServerSocket setOption(SocketOption<T> option, T value) throws IOException {
    base.setOption(option, value);
    return this;
  }

  @Override
  public void close() throws IOException {
    // the constructor of the superclass ran without a base
    if (base != null) {
      base.close();
    }
  }

  @Override
  public void bind(SocketAddress address) throws IOException {
    base.bind(address);
  }

  @Override
  public void bind(SocketAddress address, int second) throws IOException {
    base.bind(address, second);
  }

  @Override
  public InetAddress getInetAddress() {
    return base.getInetAddress();
  }

  @Override
  public int getLocalPort() {
    return base.getLocalPort();
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return base.getLocalSocketAddress();
  }

  @Override
  public boolean isBound() {
    return base.isBound();
  }

  @Override
  public boolean isClosed() {
    return base.isClosed();
  }

  @Override
  public void setSoTimeout(int value) throws SocketException {
    base.setSoTimeout(value);
  }

  @Override
  public int getSoTimeout() throws IOException {
    return base.getSoTimeout();
  }

  @Override
  public void setReuseAddress(boolean on) throws SocketException {
    base.setReuseAddress(on);
  }

  @Override
  public boolean getReuseAddress() throws SocketException {
    return base.getReuseAddress();
  }

  @Override
  public String toString() {
    return base.toString();
  }

  @Override
  public void setReceiveBufferSize(int value) throws SocketException {
    base.setReceiveBufferSize(value);
  }

  @Override
  public int getReceiveBufferSize() throws SocketException {
    return base.getReceiveBufferSize();
  }

  @Override
  public void setPerformancePreferences(int value, int second, int third) {
    base.setPerformancePreferences(value, second, third);
  }

  @Override
  public <T> T getOption(SocketOption<T> option) throws IOException {
    return base.getOption(option);
  }

  @Override
  public Set<SocketOption<?>> supportedOptions() {
    return base.supportedOptions();
  }
}
