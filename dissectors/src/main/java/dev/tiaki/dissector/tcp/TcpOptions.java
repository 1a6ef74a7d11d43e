package dev.tiaki.dissector.tcp;

import java.util.ArrayList;
import java.util.List;

/**
 * The options of one TCP header, read and written in place.
 *
 * <p>An option with a broken length ends the list, as receivers do it. Values that an option does
 * not carry read as -1. Setters of single values change an option that is there; {@link #set}
 * writes a whole list and may change the header's length.
 */
public final class TcpOptions {
  private static final int SACK_BLOCK_BYTES = 8;

  private final TcpPacket tcp;

  TcpOptions(TcpPacket tcp) {
    this.tcp = tcp;
  }

  /** Tells whether there is no byte of options. */
  public boolean isEmpty() {
    return tcp.optionsEnd() == tcp.optionsStart();
  }

  /** Returns the index in the frame of the option {@code kind}, or -1. */
  private int find(int kind, int length) {
    byte[] bytes = tcp.array();
    int end = tcp.optionsEnd();
    for (int at = tcp.optionsStart(); at < end; ) {
      int found = bytes[at] & 0xff;
      if (found == TcpOption.NO_OPERATION) {
        at++;
        continue;
      }
      int size = at + 1 < end ? bytes[at + 1] & 0xff : 0;
      if (found == TcpOption.END || size < 2 || at + size > end) {
        return -1;
      }
      if (found == kind) {
        return size >= length ? at : -1;
      }
      at += size;
    }
    return -1;
  }

  /** Tells whether there is an option of this kind. */
  public boolean has(int kind) {
    return find(kind, 2) >= 0;
  }

  /** Returns the maximum segment size in bytes, or -1. */
  public int maximumSegmentSize() {
    int at = find(TcpOption.MAXIMUM_SEGMENT_SIZE, 4);
    return at < 0 ? -1 : tcp.shortAtIndex(at + 2);
  }

  /** Sets the maximum segment size; the low 16 bits count. */
  public void setMaximumSegmentSize(int bytes) {
    int at = find(TcpOption.MAXIMUM_SEGMENT_SIZE, 4);
    if (at >= 0) {
      tcp.setShortAtIndex(at + 2, bytes);
    }
  }

  /** Returns by how many bits windows are shifted, or -1. */
  public int windowScale() {
    int at = find(TcpOption.WINDOW_SCALE, 3);
    return at < 0 ? -1 : tcp.array()[at + 2] & 0xff;
  }

  /** Sets by how many bits windows are shifted; the low 8 bits count. */
  public void setWindowScale(int bits) {
    int at = find(TcpOption.WINDOW_SCALE, 3);
    if (at >= 0) {
      tcp.markHeaderModified();
      tcp.array()[at + 2] = (byte) bits;
    }
  }

  /** Tells whether selective acknowledgements may be sent. */
  public boolean isSackPermitted() {
    return has(TcpOption.SACK_PERMITTED);
  }

  /** Returns the number of SACK blocks, 0 to 4. */
  public int sackBlocks() {
    int at = find(TcpOption.SACK, 2);
    return at < 0 ? 0 : ((tcp.array()[at + 1] & 0xff) - 2) / SACK_BLOCK_BYTES;
  }

  /** Returns the left edge of the SACK block {@code index}, from 0. */
  public int sackLeft(int index) {
    return tcp.intAtIndex(find(TcpOption.SACK, 2) + 2 + SACK_BLOCK_BYTES * index);
  }

  /** Returns the right edge of the SACK block {@code index}, from 0. */
  public int sackRight(int index) {
    return tcp.intAtIndex(find(TcpOption.SACK, 2) + 6 + SACK_BLOCK_BYTES * index);
  }

  /** Sets the edges of the SACK block {@code index}, from 0. */
  public void setSackBlock(int index, int left, int right) {
    int at = find(TcpOption.SACK, 2) + 2 + SACK_BLOCK_BYTES * index;
    tcp.setIntAtIndex(at, left);
    tcp.setIntAtIndex(at + 4, right);
  }

  /** Returns the timestamp, 0 to 2^32 - 1, or -1. */
  public long timestampValue() {
    int at = find(TcpOption.TIMESTAMPS, 10);
    return at < 0 ? -1 : Integer.toUnsignedLong(tcp.intAtIndex(at + 2));
  }

  /** Returns the echoed timestamp, 0 to 2^32 - 1, or -1. */
  public long timestampEcho() {
    int at = find(TcpOption.TIMESTAMPS, 10);
    return at < 0 ? -1 : Integer.toUnsignedLong(tcp.intAtIndex(at + 6));
  }

  /** Sets both timestamps; the low 32 bits of each count. */
  public void setTimestamps(long value, long echo) {
    int at = find(TcpOption.TIMESTAMPS, 10);
    if (at >= 0) {
      tcp.setIntAtIndex(at + 2, (int) value);
      tcp.setIntAtIndex(at + 6, (int) echo);
    }
  }

  /** Overwrites the option {@code kind} with padding; nothing happens when it is not there. */
  public void blank(int kind) {
    int at = find(kind, 2);
    if (at >= 0) {
      tcp.markHeaderModified();
      byte[] bytes = tcp.array();
      for (int left = bytes[at + 1] & 0xff; left > 0; left--) {
        bytes[at++] = TcpOption.NO_OPERATION;
      }
    }
  }

  /** Returns the options in order, unknown ones included. */
  public List<TcpOption> list() {
    List<TcpOption> options = new ArrayList<>();
    byte[] bytes = tcp.array();
    int end = tcp.optionsEnd();
    for (int at = tcp.optionsStart(); at < end; ) {
      int kind = bytes[at] & 0xff;
      if (kind == TcpOption.NO_OPERATION) {
        at++;
        continue;
      }
      int size = at + 1 < end ? bytes[at + 1] & 0xff : 0;
      if (kind == TcpOption.END || size < 2 || at + size > end) {
        break;
      }
      byte[] data = new byte[size - 2];
      System.arraycopy(bytes, at + 2, data, 0, data.length);
      options.add(new TcpOption(kind, data));
      at += size;
    }
    return options;
  }

  /**
   * Replaces all options; the header grows or shrinks and is padded to 32 bits.
   *
   * @throws IllegalArgumentException when they take more than 40 bytes
   */
  public void set(List<TcpOption> options) {
    int length = 0;
    for (TcpOption option : options) {
      length += option.length();
    }
    byte[] bytes = new byte[(length + 3) & ~3];
    if (bytes.length > TcpLayout.MAX_HEADER_BYTES - TcpLayout.MIN_HEADER_BYTES) {
      throw new IllegalArgumentException("options take " + bytes.length + " bytes");
    }
    int at = 0;
    for (TcpOption option : options) {
      option.write(bytes, at);
      at += option.length();
    }
    tcp.replaceOptions(bytes);
  }
}
