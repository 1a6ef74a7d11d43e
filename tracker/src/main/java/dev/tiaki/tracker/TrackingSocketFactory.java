package dev.tiaki.tracker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** A socket factory whose sockets are tracked from the moment they are connected. */
final class TrackingSocketFactory extends SocketFactory {
  private final TrackingSockets sockets;
  private final SocketFactory base;
  private final DialerOptions options;

  TrackingSocketFactory(TrackingSockets sockets, SocketFactory base, DialerOptions options) {
    this.sockets = sockets;
    this.base = base;
    this.options = options;
  }

  @Override
  public Socket createSocket() throws IOException {
    return sockets.unconnected(base.createSocket(), options);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return dial(host, port, () -> base.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return dial(host, port, () -> base.createSocket(host, port, local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return dial(host.getHostAddress(), port, () -> base.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return dial(host.getHostAddress(), port, () -> base.createSocket(host, port, local, localPort));
  }

  private Socket dial(String host, int port, TrackingSockets.Opening opening) throws IOException {
    return sockets.dialed(CountedSocket.requested(host, port), options, opening);
  }
}
