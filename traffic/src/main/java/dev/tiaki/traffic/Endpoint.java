package dev.tiaki.traffic;

import java.net.InetAddress;

/**
 * One end of a conversation.
 *
 * @param address the IP address
 * @param port the port, 0 to 65535
 */
public record Endpoint(InetAddress address, int port) {
  /** Checks the port. */
  public Endpoint {
    if (port < 0 || port > 0xffff) {
      throw new IllegalArgumentException("port=" + port);
    }
  }

  /**
   * Reads {@code 10.0.0.1:80} or {@code [fe80::1]:80}.
   *
   * @throws IllegalArgumentException when the text is neither; names are never looked up
   */
  public static Endpoint of(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("no port in " + text);
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    return new Endpoint(InetAddress.ofLiteral(host), Integer.parseInt(text.substring(colon + 1)));
  }
}
