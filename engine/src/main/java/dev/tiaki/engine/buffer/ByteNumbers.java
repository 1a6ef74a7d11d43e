package dev.tiaki.engine.buffer;

/** Reads and writes numbers and bit fields in ranges that may cross chunks. */
final class ByteNumbers {
  private static final int MAX_BYTES = Long.BYTES;

  private ByteNumbers() {}

  static long read(SubBuffer range, boolean littleEndian) {
    int size = numberSize(range, "asnumber");
    long value = 0;
    byte[] bytes = new byte[MAX_BYTES];
    range.copy(bytes, 0, size);
    for (int i = 0; i < size; i++) {
      int index = littleEndian ? size - 1 - i : i;
      value = (value << 8) | (bytes[index] & 0xff);
    }
    return size == Integer.BYTES ? (int) value : value;
  }

  static void write(SubBuffer range, long value, boolean littleEndian) {
    int size = numberSize(range, "setnumber");
    if (!fits(value, size * 8)) {
      throw BufferException.refused(
          "setnumber", "invalid number, value does not fit in " + size + " bytes");
    }
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      int index = littleEndian ? i : size - 1 - i;
      bytes[index] = (byte) (value >> (8 * i));
    }
    range.setFixed(bytes);
  }

  private static int numberSize(SubBuffer range, String operation) {
    long size = range.size();
    if (size != 1 && size != 2 && size != 4 && size != 8) {
      throw BufferException.refused(operation, "unsupported size " + size);
    }
    return (int) size;
  }

  /** Negative numbers are judged by their magnitude, as rules know it. */
  private static boolean fits(long value, int bits) {
    return bits >= Long.SIZE || Math.abs(value) >>> bits == 0;
  }

  static long readBits(SubBuffer range, int bitOffset, int bitCount, boolean littleEndian) {
    int end = checkBits(range, bitOffset, bitCount, "asbits");
    long word = word(range, end, littleEndian);
    return bitCount == 0
        ? 0
        : (word >>> shift(end, bitOffset, bitCount, littleEndian)) & mask(bitCount);
  }

  static void writeBits(
      SubBuffer range, int bitOffset, int bitCount, long value, boolean littleEndian) {
    if (bitCount > Long.SIZE) {
      throw BufferException.refused("setbits", "unsupported size " + bitCount);
    }
    if (!fits(value, bitCount)) {
      throw BufferException.refused(
          "setbits", "invalid number, value does not fit in " + bitCount + " bits");
    }
    int end = checkBits(range, bitOffset, bitCount, "setbits");
    if (bitCount == 0) {
      return;
    }
    int shift = shift(end, bitOffset, bitCount, littleEndian);
    long mask = mask(bitCount) << shift;
    long word = word(range, end, littleEndian) & ~mask;
    word |= (value << shift) & mask;
    byte[] bytes = new byte[end];
    for (int i = 0; i < end; i++) {
      bytes[i] = (byte) (word >>> (8 * (littleEndian ? i : end - 1 - i)));
    }
    range.setFixed(bytes);
  }

  /** Returns the number of bytes from the beginning of the range to the last bit. */
  private static int checkBits(SubBuffer range, int bitOffset, int bitCount, String operation) {
    long size = range.size();
    if (bitOffset < 0 || (bitOffset >> 3) >= size) {
      throw BufferException.refused(operation, "invalid bit offset");
    }
    long end = ((long) bitOffset + bitCount + 7) >> 3;
    if (bitCount < 0 || end > size) {
      throw BufferException.refused(operation, "invalid bit size");
    }
    if (end > MAX_BYTES) {
      throw BufferException.refused(operation, "unsupported size");
    }
    return (int) end;
  }

  private static long word(SubBuffer range, int count, boolean littleEndian) {
    byte[] bytes = new byte[MAX_BYTES];
    range.copy(bytes, 0, count);
    long word = 0;
    for (int i = 0; i < count; i++) {
      word = (word << 8) | (bytes[littleEndian ? count - 1 - i : i] & 0xff);
    }
    return word;
  }

  private static int shift(int byteCount, int bitOffset, int bitCount, boolean littleEndian) {
    return littleEndian ? bitOffset : byteCount * 8 - bitOffset - bitCount;
  }

  private static long mask(int bitCount) {
    return bitCount == Long.SIZE ? -1 : (1L << bitCount) - 1;
  }
}
