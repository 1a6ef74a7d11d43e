package dev.tiaki.bench.tracker;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;

/** A connected socket without a network: what is left of a call is what a wrapper costs. */
final class MemorySocket extends Socket {
  private static final SocketAddress NEAR = new InetSocketAddress("192.0.2.1", 40000);
  private static final SocketAddress FAR = new InetSocketAddress("192.0.2.2", 80);

  private final InputStream in =
      new InputStream() {
        @Override
        public int read() {
          return 7;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
          bytes[offset] = 7;
          return length;
        }
      };

  private final OutputStream out =
      new OutputStream() {
        private byte last;

        @Override
        public void write(int octet) {
          last = (byte) octet;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
          last += bytes[offset];
        }
      };

  @Override
  public InputStream getInputStream() {
    return in;
  }

  @Override
  public OutputStream getOutputStream() {
    return out;
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return NEAR;
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return FAR;
  }

  @Override
  public boolean isConnected() {
    return true;
  }
}
