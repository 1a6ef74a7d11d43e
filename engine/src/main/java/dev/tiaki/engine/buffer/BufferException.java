package dev.tiaki.engine.buffer;

/**
 * A misuse of a buffer, an iterator or a stream.
 *
 * <p>The message is exactly the text that Haka 0.4 gave to rules, which compare it; there is no
 * stack trace, because a rule may provoke the error for every packet.
 */
public final class BufferException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private BufferException(String message) {
    super(message, null, false, false);
  }

  /** Data that may not be written was written. */
  public static BufferException readOnly() {
    return new BufferException("read only buffer");
  }

  /** The position was erased, or left with a buffer that is gone. */
  public static BufferException invalidIterator() {
    return new BufferException("invalid buffer iterator");
  }

  /** The iterator was never placed anywhere. */
  public static BufferException emptyIterator() {
    return new BufferException("empty iterator");
  }

  /** The end of a range does not follow its beginning. */
  public static BufferException invalidEnd() {
    return new BufferException("invalid buffer end");
  }

  /** A buffer was put into itself. */
  public static BufferException circularInsertion() {
    return new BufferException("circular buffer insertion");
  }

  /** Marks, selections or piece boundaries lie inside a range that was to be made contiguous. */
  public static BufferException cannotFlatten() {
    return new BufferException("buffer cannot be flatten");
  }

  /** The iterator does not stand on a mark. */
  public static BufferException notMark() {
    return new BufferException("iterator is not a mark");
  }

  /** The iterator does not stand on the place of a selection that is still open. */
  public static BufferException invalidRestore() {
    return new BufferException("invalid restore iterator");
  }

  /** Data was pushed after the end of the stream. */
  public static BufferException streamFinished() {
    return new BufferException("stream marked as finished");
  }

  /** The clone mode has no such name. */
  public static BufferException invalidCloneMode() {
    return new BufferException("invalid clone mode");
  }

  /** A number or bit operation was refused; {@code operation} begins the text. */
  static BufferException refused(String operation, String reason) {
    return new BufferException(operation + ": " + reason);
  }
}
