package dev.tiaki.tracker;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/** Counts what is written; the operation comes first, then the counter, then the callback. */
final class CountingOutputStream extends OutputStream {
  private final OutputStream out;
  private final TrackedConnection connection;
  private final CountedSocket socket;

  CountingOutputStream(OutputStream out, TrackedConnection connection, CountedSocket socket) {
    this.out = out;
    this.connection = connection;
    this.socket = socket;
  }

  @Override
  public void write(int octet) throws IOException {
    try {
      out.write(octet);
    } catch (IOException e) {
      connection.reportWrite(0, e);
      throw e;
    }
    connection.reportWrite(1, null);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (InterruptedIOException e) {
      // the only exception that says how much went out before it
      connection.reportWrite(e.bytesTransferred, e);
      throw e;
    } catch (IOException e) {
      connection.reportWrite(0, e);
      throw e;
    }
    connection.reportWrite(length, null);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
