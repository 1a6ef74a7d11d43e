package dev.tiaki.engine.buffer;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A range of a buffer: a beginning with a length, or a beginning and an end that grow and shrink
 * with what is edited between them.
 *
 * <p>Nothing is copied; the bytes are those of the buffer.
 */
public final class SubBuffer {
  private final BufferIterator begin;
  private @Nullable BufferIterator end;
  private long length;

  private SubBuffer(BufferIterator begin, @Nullable BufferIterator end, long length) {
    this.begin = begin;
    this.end = end;
    this.length = length;
  }

  static SubBuffer owning(BufferIterator begin, long length) {
    return new SubBuffer(begin, null, length);
  }

  static SubBuffer owning(BufferIterator begin, BufferIterator end) {
    return new SubBuffer(begin, end, 0);
  }

  /** Returns the range between two positions of one buffer. */
  public static SubBuffer between(BufferIterator begin, BufferIterator end) {
    return owning(begin.copy(), end.copy());
  }

  /** Returns the buffer that the range is in. */
  public VirtualBuffer buffer() {
    return begin.buffer();
  }

  /**
   * Returns the number of bytes.
   *
   * @throws BufferException {@code invalid buffer end} when the end precedes the beginning
   */
  public long size() {
    BufferIterator last = end;
    return last == null ? begin.available(length) : distance(last);
  }

  private long distance(BufferIterator last) {
    Chunk target = last.chunk();
    Chunk at = begin.chunk();
    Chunk head = begin.buffer().head();
    long count = -begin.offset();
    while (at != target) {
      count += at.length;
      at = at.next;
      if (at == head) {
        throw BufferException.invalidEnd();
      }
    }
    count += last.offset();
    if (count < 0) {
      throw BufferException.invalidEnd();
    }
    return count;
  }

  /** Tells whether there are at least {@code count} bytes. */
  public boolean checkSize(long count) {
    return size() >= count;
  }

  /** Returns the byte at {@code index}, counted from 0; 255 when there is none. */
  public int get(long index) {
    if (index < 0 || index >= size()) {
      return 0xff;
    }
    Chunk chunk = begin.chunk();
    long at = begin.offset() + index;
    while (at >= chunk.length) {
      at -= chunk.length;
      chunk = chunk.next;
    }
    return chunk.get((int) at);
  }

  /** Writes the byte at {@code index}, counted from 0; ignored when there is none. */
  public void set(long index, int value) {
    if (index >= 0 && index < size()) {
      Chunk chunk = begin.chunk();
      long at = begin.offset() + index;
      while (at >= chunk.length) {
        at -= chunk.length;
        chunk = chunk.next;
      }
      byte[] array = chunk.writable();
      array[chunk.offset + (int) at] = (byte) value;
      begin.buffer().changed(chunk.prev);
    }
  }

  /** Returns the iterator after {@code offset} bytes, even past the end; at the end for -1. */
  public BufferIterator position(long offset) {
    BufferIterator position = begin.copy();
    position.advance(offset < 0 ? size() : offset);
    position.setMeter(0);
    return position;
  }

  /**
   * Returns the range of {@code count} bytes from {@code offset} on, cut to what there is; -1 means
   * everything to the end of this one.
   */
  public SubBuffer sub(long offset, long count) {
    BufferIterator last = end;
    if (count < 0 && last != null) {
      long size = size();
      return owning(position(Math.min(Math.max(0, offset), size)), last.copy());
    }
    long size = size();
    long from = Math.min(Math.max(0, offset), size);
    long most = size - from;
    return owning(position(from), count < 0 ? most : Math.min(count, most));
  }

  /** Fills the range with zeros. */
  public void zero() {
    overwrite(null, size());
  }

  /**
   * Writes {@code bytes} over the beginning of the range; what does not fit is ignored, what is not
   * covered stays.
   */
  public void setFixed(byte[] bytes) {
    overwrite(bytes, Math.min(size(), bytes.length));
  }

  /** Writes the first {@code count} bytes of {@code bytes}, or zeros, over the beginning. */
  private void overwrite(byte @Nullable [] bytes, long count) {
    checkWritable();
    VirtualBuffer buffer = begin.buffer();
    Chunk chunk = begin.chunk();
    int from = begin.offset();
    int done = 0;
    while (done < count) {
      int step = (int) Math.min(count - done, chunk.length - from);
      if (step > 0) {
        byte[] array = chunk.writable();
        int at = chunk.offset + from;
        if (bytes == null) {
          Arrays.fill(array, at, at + step, (byte) 0);
        } else {
          System.arraycopy(bytes, done, array, at, step);
        }
        buffer.changed(chunk.prev);
      }
      done += step;
      from = 0;
      chunk = chunk.next;
    }
  }

  /** Replaces the range by {@code bytes}, whatever their number. */
  public void setBytes(byte[] bytes) {
    replace(VirtualBuffer.of(bytes));
  }

  private void checkWritable() {
    long size = size();
    if (size == 0) {
      return;
    }
    long left = size + begin.offset();
    Chunk chunk = begin.chunk();
    if (begin.offset() == chunk.length) {
      left -= chunk.length;
      chunk = chunk.next;
    }
    while (left > 0) {
      if (chunk.has(Chunk.READ_ONLY)) {
        throw BufferException.readOnly();
      }
      left -= chunk.length;
      chunk = chunk.next;
    }
  }

  /** Removes the bytes from the buffer; the range is empty afterwards. */
  public void erase() {
    checkWritable();
    ChunkRange range = new ChunkRange(begin, size());
    range.erase();
    length = 0;
  }

  /**
   * Replaces the bytes by those of {@code data}, which becomes empty; the range covers the new
   * bytes afterwards, and positions at its end stay after them.
   *
   * @throws BufferException {@code circular buffer insertion} when {@code data} is the buffer
   *     itself
   */
  public void replace(VirtualBuffer data) {
    VirtualBuffer into = begin.buffer();
    if (into == data) {
      throw BufferException.circularInsertion();
    }
    checkWritable();
    long size = size();
    long newSize = data.size();
    BufferIterator last = begin.copy();
    if (size > 0) {
      last.skipControls(); // the new bytes belong to the piece that the old ones were in
    }
    last.insertQuietly(data);
    new ChunkRange(last, size).erase();
    if (end != null) {
      end = last;
    } else {
      length = newSize;
    }
  }

  /**
   * Takes the bytes out into a buffer of their own and leaves a place for {@link
   * BufferIterator#restore}. Until then a stream gives out neither the place nor what follows. What
   * is read only can be selected, and stays read only.
   */
  public Selection select() {
    ChunkRange range = new ChunkRange(begin, size());
    end = null;
    length = 0;
    return range.select();
  }

  /** Takes the bytes out for good. */
  VirtualBuffer takeOut() {
    checkWritable();
    ChunkRange range = new ChunkRange(begin, size());
    end = null;
    length = 0;
    return range.takeOut();
  }

  /** Tells whether the bytes are contiguous in memory. */
  public boolean isFlat() {
    long size = size();
    return size == 0 || firstChunk().length - firstIndex() >= size;
  }

  /**
   * Makes the bytes contiguous in memory, by a copy when they are not.
   *
   * @throws BufferException {@code buffer cannot be flatten} when marks, selections or the
   *     boundaries of a stream's pieces lie inside
   */
  public void flatten() {
    if (!isFlat()) {
      new ChunkRange(begin, size()).flatten();
    }
  }

  private Chunk firstChunk() {
    Chunk chunk = begin.chunk();
    if (begin.offset() == chunk.length) {
      do {
        chunk = chunk.next;
      } while (chunk.isControl());
    }
    return chunk;
  }

  private int firstIndex() {
    return begin.offset() == begin.chunk().length ? 0 : begin.offset();
  }

  /** Shows the contiguous parts of the range in order, without a copy. */
  public void forEachRange(ByteRangeVisitor visitor) {
    long left = size();
    Chunk chunk = begin.chunk();
    int from = begin.offset();
    while (left > 0) {
      int count = (int) Math.min(left, chunk.length - from);
      if (count > 0 && !visitor.visit(chunk.memory.array(), chunk.offset + from, count)) {
        return;
      }
      left -= count;
      from = 0;
      chunk = chunk.next;
    }
  }

  /** Returns the bytes in an array of their own. */
  public byte[] toByteArray() {
    byte[] bytes = new byte[(int) size()];
    copyTo(bytes, 0);
    return bytes;
  }

  /** Copies the bytes to {@code target} from {@code at} on and returns their number. */
  public int copyTo(byte[] target, int at) {
    return copy(target, at, (int) size());
  }

  /** Copies the first bytes, at most {@code most} of them, and returns how many. */
  int copy(byte[] target, int at, int most) {
    int left = (int) Math.min(size(), most);
    Chunk chunk = begin.chunk();
    int from = begin.offset();
    int done = 0;
    while (done < left) {
      int count = Math.min(left - done, chunk.length - from);
      System.arraycopy(chunk.memory.array(), chunk.offset + from, target, at + done, count);
      done += count;
      from = 0;
      chunk = chunk.next;
    }
    return left;
  }

  /**
   * Returns the bytes as a number; 1 and 2 bytes are unsigned, 4 are signed as rules know them, 8
   * are a whole {@code long}.
   *
   * @throws BufferException {@code asnumber: unsupported size %d} for other sizes
   */
  public long asNumber(boolean littleEndian) {
    return ByteNumbers.read(this, littleEndian);
  }

  /**
   * Writes a number over the 1, 2, 4 or 8 bytes of the range.
   *
   * @throws BufferException {@code setnumber: unsupported size %d} for other sizes, {@code
   *     setnumber: invalid number, value does not fit in %d bytes}
   */
  public void setNumber(long value, boolean littleEndian) {
    ByteNumbers.write(this, value, littleEndian);
  }

  /**
   * Returns {@code bitCount} bits from {@code bitOffset} on as an unsigned number. Big endian
   * counts bits from the most significant one of the first byte, little endian from the least
   * significant.
   *
   * @throws BufferException {@code asbits: …} when the bits do not lie in the first 8 bytes of the
   *     range
   */
  public long asBits(int bitOffset, int bitCount, boolean littleEndian) {
    return ByteNumbers.readBits(this, bitOffset, bitCount, littleEndian);
  }

  /**
   * Writes {@code bitCount} bits from {@code bitOffset} on, counted as {@link #asBits} does.
   *
   * @throws BufferException {@code setbits: …} when the bits do not lie in the first 8 bytes of the
   *     range, or do not hold {@code value}
   */
  public void setBits(int bitOffset, int bitCount, long value, boolean littleEndian) {
    ByteNumbers.writeBits(this, bitOffset, bitCount, value, littleEndian);
  }

  /** Returns where {@code needle} is found first from {@code from} on, or -1. */
  public long indexOf(byte[] needle, long from) {
    return ByteSearch.indexOf(begin.chunk(), begin.offset(), size(), needle, from);
  }

  /** Returns where the byte {@code value} is found first from {@code from} on, or -1. */
  public long indexOf(int value, long from) {
    return indexOf(new byte[] {(byte) value}, from);
  }

  /** Tells whether the range begins with {@code prefix}. */
  public boolean startsWith(byte[] prefix) {
    return size() >= prefix.length && ByteSearch.matches(begin.chunk(), begin.offset(), prefix);
  }

  /** Tells whether the range holds just these bytes. */
  public boolean contentEquals(byte[] bytes) {
    return size() == bytes.length && startsWith(bytes);
  }
}
