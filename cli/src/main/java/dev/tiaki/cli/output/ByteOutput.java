package dev.tiaki.cli.output;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * A sink of bytes that several writers share without mixing their lines.
 *
 * <p>What is given in one call stands together and in the order of the calls. Bytes are kept back
 * until {@link #flush}, or until a line is complete when a person watches.
 */
public final class ByteOutput implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final OutputStream stream;
  private final boolean watched;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int used;

  /**
   * Makes an output that writes to {@code stream}.
   *
   * @param watched whether each call is passed on at once, because a person looks on
   */
  public ByteOutput(OutputStream stream, boolean watched) {
    this.stream = stream;
    this.watched = watched;
  }

  /**
   * Writes the bytes of {@code byteText}.
   *
   * @throws UncheckedIOException when they cannot be written
   */
  public void write(String byteText) {
    byte[] bytes = ByteText.bytes(byteText);
    write(bytes, 0, bytes.length);
  }

  /**
   * Writes {@code length} bytes from {@code offset} on.
   *
   * @throws UncheckedIOException when they cannot be written
   */
  public synchronized void write(byte[] bytes, int offset, int length) {
    try {
      append(bytes, offset, length);
      if (watched) {
        pass();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void append(byte[] bytes, int offset, int length) throws IOException {
    if (length > buffer.length - used) {
      pass();
    }
    if (length > buffer.length) {
      stream.write(bytes, offset, length);
    } else {
      System.arraycopy(bytes, offset, buffer, used, length);
      used += length;
    }
  }

  private void pass() throws IOException {
    int length = used;
    used = 0; // also when it fails: nothing is written twice
    stream.write(buffer, 0, length);
    stream.flush();
  }

  /**
   * Passes on what was kept back.
   *
   * @throws UncheckedIOException when it cannot be written
   */
  public synchronized void flush() {
    try {
      pass();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns a stream over this output for those who want one. Closing or flushing it passes nothing
   * on: a rule that flushes after each line must not cost a system call each.
   */
  public OutputStream asStream() {
    return new OutputStream() {
      @Override
      public void write(int b) {
        ByteOutput.this.write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) {
        ByteOutput.this.write(bytes, offset, length);
      }
    };
  }

  @Override
  public synchronized void close() throws IOException {
    pass();
    stream.close();
  }
}
