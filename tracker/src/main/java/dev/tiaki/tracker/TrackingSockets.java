package dev.tiaki.tracker;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ServerSocketFactory;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** The wrappers of {@code java.net} sockets and their factories for one tracker. */
public final class TrackingSockets {
  private final ConnectionTracker tracker;

  TrackingSockets(ConnectionTracker tracker) {
    this.tracker = tracker;
  }

  ConnectionTracker tracker() {
    return tracker;
  }

  /** Tracks the connections that {@code base} accepts. */
  public ServerSocket listen(ServerSocket base, ListenerOptions options) throws IOException {
    return new TrackingServerSocket(this, base, options);
  }

  /** Tracks the connections of the server sockets that {@code base} makes. */
  public ServerSocketFactory serverSocketFactory(
      ServerSocketFactory base, ListenerOptions options) {
    return new TrackingServerSocketFactory(this, base, options);
  }

  /** Tracks the connections of the sockets that {@code base} makes. */
  public SocketFactory socketFactory(SocketFactory base, DialerOptions options) {
    return new TrackingSocketFactory(this, base, options);
  }

  /** Tracks the sockets that {@code base} makes and counts plain bytes, above TLS. */
  public SSLSocketFactory aboveTls(SSLSocketFactory base, DialerOptions options) {
    return new TrackingSslSocketFactory(this, base, options);
  }

  /** Tracks the TCP connections under {@code base} and counts encrypted bytes, below TLS. */
  public SSLSocketFactory belowTls(SSLSocketFactory base, DialerOptions options) {
    return new UnderTlsSocketFactory(this, base, options);
  }

  /** Tracks the connections that {@code base} dials. */
  public Dialer dialer(Dialer base, DialerOptions options) {
    return (host, port, timeout) ->
        dialed(CountedSocket.requested(host, port), options, () -> base.dial(host, port, timeout));
  }

  /** Opens a connected socket. */
  @FunctionalInterface
  interface Opening {
    Socket open() throws IOException;
  }

  /** Opens a connection, registers it, and tells the listener of success and of failure. */
  Socket dialed(String address, DialerOptions dialing, Opening opening) throws IOException {
    TrackingOptions options = dialing.tracking();
    Socket socket;
    try {
      socket = opening.open();
    } catch (IOException e) {
      tracker.reportDial(options, address, null, e);
      throw e;
    }
    CountedSocket counted = new CountedSocket(tracker, socket, options);
    Socket wrapped = wrap(socket, counted);
    tracker.reportDial(options, address, counted.register(Role.CLIENT), null);
    return wrapped;
  }

  /** Wraps a connection that was accepted. */
  Socket accepted(Socket socket, TrackingOptions options, String listening) throws IOException {
    CountedSocket counted = new CountedSocket(tracker, socket, options);
    Socket wrapped = wrap(socket, counted);
    tracker.reportAccept(options, listening, counted.register(Role.SERVER), null);
    return wrapped;
  }

  /** Wraps a socket that will be connected later. */
  Socket unconnected(Socket socket, DialerOptions options) throws IOException {
    return wrap(socket, new CountedSocket(tracker, socket, options.tracking()));
  }

  private static Socket wrap(Socket socket, CountedSocket counted) throws IOException {
    return socket instanceof SSLSocket tls
        ? new TrackedSslSocket(tls, counted)
        : new TrackedSocket(socket, counted);
  }
}
