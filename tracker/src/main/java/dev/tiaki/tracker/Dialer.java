package dev.tiaki.tracker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Opens connections; anything that gives a connected socket. */
@FunctionalInterface
public interface Dialer {
  /** The JDK's own way. */
  Dialer PLAIN =
      (host, port, timeout) -> {
        Socket socket = new Socket();
        try {
          socket.connect(new InetSocketAddress(host, port), Math.toIntExact(timeout.toMillis()));
          return socket;
        } catch (IOException | RuntimeException e) {
          socket.close();
          throw e;
        }
      };

  /**
   * Connects.
   *
   * @param host a name or an address
   * @param port 0 to 65 535
   * @param timeout how long it may take; zero for no limit
   */
  Socket dial(String host, int port, Duration timeout) throws IOException;
}
