package dev.tiaki.tracker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/** A TLS socket factory over tracked TCP sockets: encrypted bytes are counted. */
final class UnderTlsSocketFactory extends SSLSocketFactory {
  private final SSLSocketFactory base;
  private final SocketFactory tcp;

  UnderTlsSocketFactory(TrackingSockets sockets, SSLSocketFactory base, DialerOptions options) {
    this.base = base;
    this.tcp = sockets.socketFactory(SocketFactory.getDefault(), options);
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
    return base.createSocket(under, host, port, autoClose);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return layered(tcp.createSocket(host, port), host, port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return layered(tcp.createSocket(host, port, local, localPort), host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return layered(tcp.createSocket(host, port), host.getHostAddress(), port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return layered(tcp.createSocket(host, port, local, localPort), host.getHostAddress(), port);
  }

  private Socket layered(Socket under, String host, int port) throws IOException {
    try {
      return base.createSocket(under, host, port, true);
    } catch (IOException e) {
      under.close();
      throw e;
    }
  }
}
