package dev.tiaki.engine.buffer;

/** Is shown the contiguous parts of a range, in order, without a copy. */
@FunctionalInterface
public interface ByteRangeVisitor {
  /**
   * Looks at {@code length} bytes of {@code array} from {@code offset} on; they must not be
   * written.
   *
   * @return false to see no more of them
   */
  boolean visit(byte[] array, int offset, int length);
}
