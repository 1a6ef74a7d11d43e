package dev.tiaki.tracker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What the wrappers of plain and TLS sockets share: registration, counting streams, closing. */
final class CountedSocket {
  private final ConnectionTracker tracker;
  private final Socket socket;
  private final TrackingOptions options;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable TrackedConnection connection;
  private @Nullable InputStream input;
  private @Nullable OutputStream output;

  CountedSocket(ConnectionTracker tracker, Socket socket, TrackingOptions options) {
    this.tracker = tracker;
    this.socket = socket;
    this.options = options;
  }

  @Nullable TrackedConnection connection() {
    return connection;
  }

  /** Puts the socket, which is connected, on the list. */
  TrackedConnection register(Role role) {
    TrackedConnection made =
        tracker.register(
            socket, socket.getLocalSocketAddress(), socket.getRemoteSocketAddress(), role, options);
    connection = made;
    return made;
  }

  /** Connects and registers; the listener hears of success and of failure. */
  void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
    try {
      socket.connect(endpoint, timeoutMillis);
    } catch (IOException e) {
      tracker.reportDial(options, requested(endpoint), null, e);
      throw e;
    }
    tracker.reportDial(options, requested(endpoint), register(Role.CLIENT), null);
  }

  /** Returns the address as the caller wrote it, before any name was resolved. */
  static String requested(SocketAddress endpoint) {
    return endpoint instanceof InetSocketAddress internet
        ? requested(internet.getHostString(), internet.getPort())
        : endpoint.toString();
  }

  static String requested(String host, int port) {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }

  InputStream input() throws IOException {
    lock.lock();
    try {
      InputStream known = input;
      if (known == null) {
        known = new CountingInputStream(socket.getInputStream(), entry(), this);
        input = known;
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  OutputStream output() throws IOException {
    lock.lock();
    try {
      OutputStream known = output;
      if (known == null) {
        known = new CountingOutputStream(socket.getOutputStream(), entry(), this);
        output = known;
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  void sendUrgentData(int data) throws IOException {
    socket.sendUrgentData(data);
    entry().addWritten(1);
  }

  private TrackedConnection entry() throws IOException {
    TrackedConnection known = connection;
    if (known == null) {
      throw new SocketException("Socket is not connected");
    }
    return known;
  }

  void close() throws IOException {
    TrackedConnection known = connection;
    if (known == null) {
      socket.close();
    } else {
      known.close();
    }
  }
}
