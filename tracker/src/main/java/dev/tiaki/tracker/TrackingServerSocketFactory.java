package dev.tiaki.tracker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import javax.net.ServerSocketFactory;

/** A server socket factory whose sockets track what they accept. */
final class TrackingServerSocketFactory extends ServerSocketFactory {
  private final TrackingSockets sockets;
  private final ServerSocketFactory base;
  private final ListenerOptions options;

  TrackingServerSocketFactory(
      TrackingSockets sockets, ServerSocketFactory base, ListenerOptions options) {
    this.sockets = sockets;
    this.base = base;
    this.options = options;
  }

  @Override
  public ServerSocket createServerSocket() throws IOException {
    return sockets.listen(base.createServerSocket(), options);
  }

  @Override
  public ServerSocket createServerSocket(int port) throws IOException {
    return sockets.listen(base.createServerSocket(port), options);
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog) throws IOException {
    return sockets.listen(base.createServerSocket(port, backlog), options);
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog, InetAddress address)
      throws IOException {
    return sockets.listen(base.createServerSocket(port, backlog, address), options);
  }
}
