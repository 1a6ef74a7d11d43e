package dev.tiaki.tracker;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Addresses as text, safe for connections that do not exist. */
public final class Addresses {
  /** What stands for the address of a connection that does not exist. */
  public static final String NONE = "<nil>";

  private Addresses() {}

  /** Returns the local address of {@code connection}, or {@value #NONE} for null. */
  public static String local(@Nullable TrackedConnection connection) {
    return connection == null ? NONE : text(connection.localAddress());
  }

  /** Returns the remote address of {@code connection}, or {@value #NONE} for null. */
  public static String remote(@Nullable TrackedConnection connection) {
    return connection == null ? NONE : text(connection.remoteAddress());
  }

  /**
   * Returns {@code 10.0.0.1:80} or {@code [fe80::1]:80}; other kinds of addresses as they print.
   */
  public static String text(@Nullable SocketAddress address) {
    if (address == null) {
      return NONE;
    }
    if (!(address instanceof InetSocketAddress internet)) {
      return address.toString();
    }
    InetAddress host = internet.getAddress();
    String name = host == null ? internet.getHostString() : host.getHostAddress();
    return name.indexOf(':') >= 0
        ? "[" + name + "]:" + internet.getPort()
        : name + ":" + internet.getPort();
  }
}
