package dev.tiaki.lua.compile;

import java.io.ByteArrayInputStream;

/** Source that knows whether the parser has come to its end: more of it might have been Lua. */
final class SourceStream extends ByteArrayInputStream {
  private boolean atEnd;

  SourceStream(byte[] source) {
    super(source);
  }

  @Override
  public int read() {
    int octet = super.read();
    atEnd |= octet < 0;
    return octet;
  }

  boolean isAtEnd() {
    return atEnd;
  }
}
