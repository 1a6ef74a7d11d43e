package dev.tiaki.dissector.tcp;

/** One option of a TCP header; an immutable value. */
public final class TcpOption {
  /** End of the list. */
  public static final int END = 0;

  /** Padding. */
  public static final int NO_OPERATION = 1;

  /** The largest segment that the sender takes, RFC 9293 section 3.7.1. */
  public static final int MAXIMUM_SEGMENT_SIZE = 2;

  /** How far the window is shifted, RFC 7323 section 2. */
  public static final int WINDOW_SCALE = 3;

  /** Selective acknowledgements may be sent, RFC 2018 section 2. */
  public static final int SACK_PERMITTED = 4;

  /** Selective acknowledgements, RFC 2018 section 3. */
  public static final int SACK = 5;

  /** Timestamps, RFC 7323 section 3. */
  public static final int TIMESTAMPS = 8;

  /** A fast open cookie, RFC 7413 section 4.1.1. */
  public static final int FAST_OPEN = 34;

  private final int kind;
  private final byte[] data;

  /**
   * Makes an option.
   *
   * @param kind its number, 2 to 255; end of list and padding are no options here
   * @param data what follows kind and length, 0 to 38 bytes; copied
   */
  public TcpOption(int kind, byte[] data) {
    if (kind < 2 || kind > 255 || data.length > 38) {
      throw new IllegalArgumentException("kind=" + kind + ", length=" + data.length);
    }
    this.kind = kind;
    this.data = data.clone();
  }

  /** Returns the option's number, 2 to 255. */
  public int kind() {
    return kind;
  }

  /** Returns a copy of what follows kind and length. */
  public byte[] data() {
    return data.clone();
  }

  int length() {
    return 2 + data.length;
  }

  void write(byte[] target, int at) {
    target[at] = (byte) kind;
    target[at + 1] = (byte) length();
    System.arraycopy(data, 0, target, at + 2, data.length);
  }
}
