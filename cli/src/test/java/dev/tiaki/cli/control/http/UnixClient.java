package dev.tiaki.cli.control.http;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A client that says exactly what it is told to, over a Unix socket. */
public final class UnixClient implements AutoCloseable {
  private final SocketChannel channel;
  private final StringBuilder received = new StringBuilder();

  /** Connects. */
  public UnixClient(Path socket) throws IOException {
    channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(socket));
  }

  /** Sends these octets; false when the other end took no more. */
  public boolean say(String text) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      return true;
    } catch (IOException closed) {
      return false;
    }
  }

  /** Reads until what came holds {@code text}, or nothing more comes; returns everything. */
  public String hear(String text) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    while (received.indexOf(text) < 0) {
      buffer.clear();
      int count;
      try {
        count = channel.read(buffer);
      } catch (IOException reset) {
        count = -1;
      }
      if (count < 0) {
        break;
      }
      received.append(new String(buffer.array(), 0, count, StandardCharsets.ISO_8859_1));
    }
    return received.toString();
  }

  /** Asks for a path and returns the whole answer, after which the connection is closed. */
  public static String get(Path socket, String path) throws IOException {
    try (UnixClient client = new UnixClient(socket)) {
      client.say("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      return client.hear("\0");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
