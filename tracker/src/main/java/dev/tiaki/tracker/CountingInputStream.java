package dev.tiaki.tracker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Counts what is read; the operation comes first, then the counter, then the callback. */
final class CountingInputStream extends InputStream {
  private final InputStream in;
  private final TrackedConnection connection;
  private final CountedSocket socket;

  CountingInputStream(InputStream in, TrackedConnection connection, CountedSocket socket) {
    this.in = in;
    this.connection = connection;
    this.socket = socket;
  }

  @Override
  public int read() throws IOException {
    int octet;
    try {
      octet = in.read();
    } catch (IOException e) {
      connection.reportRead(0, e);
      throw e;
    }
    connection.reportRead(octet < 0 ? -1 : 1, null);
    return octet;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count;
    try {
      count = in.read(bytes, offset, length);
    } catch (IOException e) {
      connection.reportRead(0, e);
      throw e;
    }
    connection.reportRead(count, null);
    return count;
  }

  @Override
  public long skip(long wanted) throws IOException {
    long skipped = in.skip(wanted);
    connection.reportRead(skipped, null);
    return skipped;
  }

  @Override
  public long transferTo(OutputStream out) throws IOException {
    // by way of read(), so that each piece is counted when it arrives
    return super.transferTo(out);
  }

  @Override
  public int available() throws IOException {
    return in.available();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
