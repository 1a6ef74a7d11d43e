package dev.tiaki.dissector.http;

import java.util.Arrays;

/**
 * What reading one head takes: room for its bytes, and a parser. Most connections are in no head at
 * a time, so that they have none; see {@link HeadWorkspaces}.
 */
final class HeadWorkspace {
  private static final int FIRST_BYTES = 4096;

  private final HeadParser parser;
  private byte[] bytes = new byte[FIRST_BYTES];

  HeadWorkspace(HeadParser parser) {
    this.parser = parser;
  }

  HeadParser parser() {
    return parser;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Makes room for {@code length} bytes; those that are there stay. */
  void reserve(int length, int maxBytes) {
    if (length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length, Math.min(2 * bytes.length, maxBytes)));
    }
  }

  /** Tells whether it is of the usual size, so that a huge head does not cost memory for ever. */
  boolean isUsual() {
    return bytes.length == FIRST_BYTES;
  }
}
