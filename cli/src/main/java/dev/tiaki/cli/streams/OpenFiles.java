package dev.tiaki.cli.streams;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Many files to write to, few of them open: the one that was not used for longest is closed when
 * another is needed, and opened again when it is its turn. Used by one thread.
 */
final class OpenFiles implements Closeable {
  /** What all streams together keep in memory before they write it. */
  private static final int MAX_WAITING_BYTES = 32 << 20;

  private final int maxOpen;
  private int waitingBytes;
  private final LinkedHashMap<Path, FileChannel> open = new LinkedHashMap<>(64, 0.75f, true);

  OpenFiles(int maxOpen) {
    this.maxOpen = maxOpen;
  }

  /**
   * Takes {@code bytes} of the memory for bytes that are not written yet; false when it is full.
   */
  boolean reserve(int bytes) {
    if (bytes > MAX_WAITING_BYTES - waitingBytes) {
      return false;
    }
    waitingBytes += bytes;
    return true;
  }

  /** Gives reserved memory back. */
  void release(int bytes) {
    waitingBytes -= bytes;
  }

  /** Writes {@code bytes} at {@code position}; a file that does not exist is made. */
  void write(Path file, long position, ByteBuffer bytes) throws IOException {
    FileChannel channel = channel(file);
    long at = position;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  private FileChannel channel(Path file) throws IOException {
    FileChannel channel = open.get(file);
    if (channel == null) {
      if (open.size() >= maxOpen) {
        closeOldest();
      }
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
      open.put(file, channel);
    }
    return channel;
  }

  private void closeOldest() throws IOException {
    Iterator<Map.Entry<Path, FileChannel>> oldest = open.entrySet().iterator();
    FileChannel channel = oldest.next().getValue();
    oldest.remove();
    channel.close();
  }

  /** Closes {@code file} if it is open. */
  void close(Path file) throws IOException {
    FileChannel channel = open.remove(file);
    if (channel != null) {
      channel.close();
    }
  }

  @Override
  public void close() throws IOException {
    while (!open.isEmpty()) {
      closeOldest();
    }
  }
}
