package dev.tiaki.lua.compile;

import java.io.InputStream;
import java.util.Arrays;

/** Source that knows whether the parser has come to its end: more of it might have been Lua. */
final class SourceStream extends InputStream {
  private final byte[] source;
  private int position;
  private boolean atEnd;

  SourceStream(byte[] source) {
    this.source = Arrays.copyOf(source, source.length);
  }

  @Override
  public int read() {
    atEnd |= position == source.length;
    return atEnd ? -1 : source[position++] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    int count = Math.min(length, source.length - position);
    if (count <= 0) {
      atEnd |= length > 0;
      return length > 0 ? -1 : 0;
    }
    System.arraycopy(source, position, into, offset, count);
    position += count;
    return count;
  }

  boolean isAtEnd() {
    return atEnd;
  }
}
