package dev.tiaki.lua.lib.os;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A stream without positions: standard input and output, programs. */
final class PipeStream implements ByteStream {
  private static final int NOTHING = -1;

  private final InputStream input;
  private final OutputStream output;
  private int unread = NOTHING;

  PipeStream(InputStream input, OutputStream output) {
    this.input = new BufferedInputStream(input);
    this.output = output;
  }

  @Override
  public int read() throws IOException {
    int b = unread;
    unread = NOTHING;
    return b == NOTHING ? input.read() : b;
  }

  @Override
  public void unread(int b) {
    unread = b;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    output.write(bytes, offset, length);
  }

  @Override
  public void flush() throws IOException {
    output.flush();
  }

  @Override
  public long seek(String whence, long offset) throws IOException {
    throw new IOException("Illegal seek");
  }

  @Override
  public void close() throws IOException {
    try (input;
        output) {
      output.flush();
    }
  }
}
