package dev.tiaki.lua.lib.os;

import java.io.IOException;
import java.io.RandomAccessFile;

/**
 * A file on disk with one buffer, which holds either bytes read ahead or bytes not yet written.
 *
 * <p>Invariant: at most one of {@code ahead} (bytes {@code next} to {@code end} are read ahead) and
 * {@code pending} (bytes 0 to {@code pending} are unwritten) is not empty.
 */
final class DiskStream implements ByteStream {
  private final RandomAccessFile file;
  private final boolean append;
  private final byte[] buffer = new byte[8192];
  private int next;
  private int end;
  private int pending;

  DiskStream(RandomAccessFile file, boolean append) {
    this.file = file;
    this.append = append;
  }

  @Override
  public int read() throws IOException {
    if (next == end) {
      flush();
      next = 0;
      end = Math.max(0, file.read(buffer, 0, buffer.length));
      if (end == 0) {
        return -1;
      }
    }
    return buffer[next++] & 0xff;
  }

  @Override
  public void unread(int b) {
    if (b >= 0) {
      next--;
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    forgetReadAhead();
    if (append && pending == 0) {
      file.seek(file.length());
    }
    if (length > buffer.length - pending) {
      flush();
    }
    if (length > buffer.length) {
      file.write(bytes, offset, length);
      return;
    }
    System.arraycopy(bytes, offset, buffer, pending, length);
    pending += length;
  }

  private void forgetReadAhead() throws IOException {
    if (next < end) {
      file.seek(file.getFilePointer() - (end - next));
    }
    next = 0;
    end = 0;
  }

  @Override
  public void flush() throws IOException {
    if (pending > 0) {
      file.write(buffer, 0, pending);
      pending = 0;
    }
  }

  @Override
  public long seek(String whence, long offset) throws IOException {
    flush();
    forgetReadAhead();
    long base =
        switch (whence) {
          case "set" -> 0;
          case "end" -> file.length();
          default -> file.getFilePointer();
        };
    if (base + offset < 0) {
      throw new IOException("Invalid argument");
    }
    file.seek(base + offset);
    return base + offset;
  }

  @Override
  public void close() throws IOException {
    try (file) {
      flush();
    }
  }
}
