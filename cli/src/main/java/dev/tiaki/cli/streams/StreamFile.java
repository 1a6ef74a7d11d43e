package dev.tiaki.cli.streams;

import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.stream.StreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one direction, up to the first hole. What follows a hole is left out, because nobody
 * could tell where it belongs; the hole is counted.
 */
final class StreamFile implements StreamObserver {
  private static final int REREAD_BYTES = 1 << 16;
  private static final int MAX_WAITING_BYTES = 16 << 10;
  private static final byte[] NOTHING = {};

  private final OpenFiles files;
  private final Direction direction;
  private final Path file;
  private @Nullable MessageDigest digest;
  private byte[] waiting = NOTHING;
  private int waitingLength;
  private boolean seen;
  private boolean rewritten;
  private long length;
  private int gaps;

  StreamFile(OpenFiles files, Path file, Direction direction) {
    this.files = files;
    this.file = file;
    this.direction = direction;
  }

  @Override
  public void data(long streamOffset, byte[] array, int offset, int count) {
    seen = true;
    if (gaps > 0 || count == 0) {
      return;
    }
    digest().update(array, offset, count);
    if (!keep(array, offset, count)) {
      writeWaiting();
      write(length, array, offset, count);
    }
    length += count;
  }

  /** Keeps a little in memory: most streams are short, and opening a file is what costs. */
  private boolean keep(byte[] array, int offset, int count) {
    if (waitingLength + count > MAX_WAITING_BYTES || !files.reserve(count)) {
      return false;
    }
    if (waitingLength + count > waiting.length) {
      waiting = Arrays.copyOf(waiting, Math.max(2 * waiting.length, waitingLength + count));
    }
    System.arraycopy(array, offset, waiting, waitingLength, count);
    waitingLength += count;
    return true;
  }

  private void writeWaiting() {
    int count = waitingLength;
    if (count > 0) {
      waitingLength = 0;
      files.release(count);
      write(length - count, waiting, 0, count);
      waiting = NOTHING;
    }
  }

  @Override
  public void gap(long streamOffset, long bytes) {
    seen = true;
    gaps++;
  }

  @Override
  public void replaced(long streamOffset, byte[] array, int offset, int count) {
    int within = Math.clamp(length - streamOffset, 0, count);
    if (within > 0) {
      writeWaiting();
      rewritten = true;
      write(streamOffset, array, offset, within);
    }
  }

  @Override
  public void finished() {
    try {
      writeWaiting();
      files.close(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(long position, byte[] array, int offset, int count) {
    try {
      files.write(file, position, ByteBuffer.wrap(array, offset, count));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells whether the direction carried payload at all. */
  boolean hasPayload() {
    return seen;
  }

  Direction direction() {
    return direction;
  }

  Path file() {
    return file;
  }

  long length() {
    return length;
  }

  int gaps() {
    return gaps;
  }

  /** Closes the file and returns the SHA-256 of what is in it, in hexadecimal. */
  String finish() throws IOException {
    writeWaiting();
    if (length == 0) {
      files.write(file, 0, ByteBuffer.allocate(0)); // a direction in the index has its file
    }
    files.close(file);
    if (rewritten) {
      digest = reread();
    }
    return HexFormat.of().formatHex(digest().digest());
  }

  private MessageDigest reread() throws IOException {
    MessageDigest fresh = sha256();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] block = new byte[REREAD_BYTES];
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        fresh.update(block, 0, n);
      }
    }
    return fresh;
  }

  private MessageDigest digest() {
    if (digest == null) {
      digest = sha256();
    }
    return digest;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
