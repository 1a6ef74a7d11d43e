package dev.tiaki.engine.capture;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a capture from a position on: a whole file mapped into memory, of any size, or a
 * window that moves along a stream.
 *
 * <p>Numbers are read relative to the position, after {@link #has} said that they are there.
 */
final class CaptureBytes implements Closeable {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int WINDOW_BYTES = 1 << 18;

  private final @Nullable Arena arena;
  private final @Nullable InputStream stream;
  private final long size;
  private byte[] window = {};
  private MemorySegment segment;
  private long position;
  private long limit;
  private long segmentOffset;
  private boolean bigEndian;
  private @Nullable IOException failure;

  private CaptureBytes(
      @Nullable Arena arena, @Nullable InputStream stream, MemorySegment segment, long size) {
    this.arena = arena;
    this.stream = stream;
    this.segment = segment;
    this.size = size;
    this.limit = segment.byteSize();
  }

  /** Maps a regular file that is not empty. */
  static CaptureBytes map(Path file) throws IOException {
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MemorySegment segment = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
      return new CaptureBytes(arena, null, segment, segment.byteSize());
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  /** Reads a stream as far as it is asked for. */
  static CaptureBytes of(InputStream stream) {
    return new CaptureBytes(null, stream, MemorySegment.NULL, -1);
  }

  void setBigEndian(boolean big) {
    bigEndian = big;
  }

  /** Tells whether this many bytes follow the position; reads on when they do not yet. */
  boolean has(long count) {
    return limit - position >= count || (stream != null && readUntil(stream, count));
  }

  /** Returns how many bytes follow the position, as far as is known. */
  long available() {
    return limit - position;
  }

  /** Moves the position on; false when the bytes end before, and the position at their end then. */
  boolean skip(long count) {
    long left = count;
    while (left > available()) {
      left -= available();
      position = limit;
      if (!has(1)) {
        return false;
      }
    }
    position += left;
    return true;
  }

  /** Returns the unsigned byte at an offset. */
  int u8(long offset) {
    return segment.get(ValueLayout.JAVA_BYTE, position + offset) & 0xff;
  }

  /** Returns the unsigned 16-bit number at an offset. */
  int u16(long offset) {
    short value = segment.get(SHORT, position + offset);
    return (bigEndian ? Short.reverseBytes(value) : value) & 0xffff;
  }

  /** Returns the 32-bit number at an offset. */
  int i32(long offset) {
    int value = segment.get(INT, position + offset);
    return bigEndian ? Integer.reverseBytes(value) : value;
  }

  /** Returns the unsigned 32-bit number at an offset. */
  long u32(long offset) {
    return i32(offset) & 0xffff_ffffL;
  }

  /** Returns the 64-bit number at an offset. */
  long i64(long offset) {
    long first = u32(offset);
    long second = u32(offset + 4);
    return bigEndian ? (first << 32) | second : (second << 32) | first;
  }

  /** Copies bytes at an offset. */
  void copy(long offset, byte[] to, int count) {
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, position + offset, to, 0, count);
  }

  /** Returns the position in the file, or in what a compressed file holds. */
  long offset() {
    return segmentOffset + position;
  }

  /** Returns the size of the file, or -1 for a stream. */
  long size() {
    return size;
  }

  /** Returns why the stream ended before its end, or null. */
  @Nullable IOException failure() {
    return failure;
  }

  private boolean readUntil(InputStream from, long count) {
    makeRoom(count);
    try {
      while (limit - position < count) {
        if (limit == window.length) {
          grow();
        }
        int read = from.read(window, (int) limit, window.length - (int) limit);
        if (read < 0) {
          return false;
        }
        limit += read;
      }
      return true;
    } catch (IOException e) {
      failure = e;
      return false;
    }
  }

  /** Moves what is unread to the window's beginning, when the window's end is too close. */
  private void makeRoom(long count) {
    if (position > 0 && position + count > window.length) {
      int unread = (int) (limit - position);
      System.arraycopy(window, (int) position, window, 0, unread);
      segmentOffset += position;
      position = 0;
      limit = unread;
    }
  }

  /** Doubles only as bytes really arrive: a length that lies must not cost memory. */
  private void grow() {
    window = Arrays.copyOf(window, Math.max(WINDOW_BYTES, 2 * window.length));
    segment = MemorySegment.ofArray(window);
  }

  @Override
  public void close() throws IOException {
    if (arena != null && arena.scope().isAlive()) {
      arena.close();
    }
    if (stream != null) {
      stream.close();
    }
  }
}
