package dev.tiaki.engine.buffer;

/**
 * An array that several chunks of buffers may look at.
 *
 * <p>Whoever keeps bytes past the life of the packet they came with calls {@link #share}; the
 * packet's owner then leaves the array to the collector and does not use it again.
 */
public final class Memory {
  /** The memory of positions that hold no bytes. */
  static final Memory NONE = new Memory(new byte[0]);

  private final byte[] array;
  private boolean shared;

  /** Makes memory over {@code array}, which is not copied. */
  public Memory(byte[] array) {
    this.array = array;
  }

  /** Returns the array itself. */
  public byte[] array() {
    return array;
  }

  /** Tells whether somebody keeps a reference past the life of the array's first owner. */
  public boolean isShared() {
    return shared;
  }

  /** Says that a reference is kept; there is no way back. */
  public void share() {
    shared = true;
  }
}
