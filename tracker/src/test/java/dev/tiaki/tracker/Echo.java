package dev.tiaki.tracker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A server on loopback that sends back what it reads, a virtual thread for each connection. */
final class Echo implements AutoCloseable {
  private final ServerSocket server;

  Echo(ServerSocket server) {
    this.server = server;
    Thread.ofVirtual().start(this::acceptAll);
  }

  static ServerSocket loopback() throws IOException {
    return new ServerSocket(0, 2_000, InetAddress.getLoopbackAddress());
  }

  int port() {
    return server.getLocalPort();
  }

  private void acceptAll() {
    while (true) {
      try {
        Socket accepted = server.accept();
        Thread.ofVirtual().start(() -> echo(accepted));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void echo(Socket socket) {
    try (socket) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException gone) {
      // the client went away; closing is all that is left to do
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
