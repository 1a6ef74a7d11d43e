package dev.tiaki.tracker;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/** A TLS socket factory whose sockets are tracked above TLS: plain bytes are counted. */
final class TrackingSslSocketFactory extends SSLSocketFactory {
  private final TrackingSockets sockets;
  private final SSLSocketFactory base;
  private final DialerOptions options;
  private final TrackingSocketFactory plain;

  TrackingSslSocketFactory(TrackingSockets sockets, SSLSocketFactory base, DialerOptions options) {
    this.sockets = sockets;
    this.base = base;
    this.options = options;
    this.plain = new TrackingSocketFactory(sockets, base, options);
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return base.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return base.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket(Socket under, String host, int port, boolean autoClose)
      throws IOException {
    return sockets.dialed(
        CountedSocket.requested(host, port),
        options,
        () -> base.createSocket(under, host, port, autoClose));
  }

  @Override
  public Socket createSocket(Socket under, InputStream consumed, boolean autoClose)
      throws IOException {
    return sockets.accepted(
        base.createSocket(under, consumed, autoClose),
        options.tracking(),
        Addresses.text(under.getLocalSocketAddress()));
  }

  @Override
  public Socket createSocket() throws IOException {
    return plain.createSocket();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return plain.createSocket(host, port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return plain.createSocket(host, port, local, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return plain.createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return plain.createSocket(host, port, local, localPort);
  }
}
