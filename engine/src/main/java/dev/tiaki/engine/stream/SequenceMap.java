package dev.tiaki.engine.stream;

import java.util.Arrays;

/**
 * Translates positions of a stream between its sender's numbering and that of its receiver, who
 * sees the stream after edits.
 *
 * <p>The map is a list of edits in stream order; each replaces {@code original} bytes by {@code
 * output} bytes and is atomic: a position inside of it means its beginning or its end. Between
 * edits the two numberings run in parallel. Edits that the receiver acknowledged are forgotten once
 * there are many; what is older than the oldest edit is translated as if it came just before it.
 *
 * <p>Memory: 16 bytes an edit, nothing before the first one. When more than {@code maxEdits} are
 * open the two oldest become one.
 */
public final class SequenceMap {
  /** So many acknowledged edits are kept for segments that come late. */
  private static final int KEPT_EDITS = 32;

  private static final int[] NONE = {};

  private final int maxEdits;
  private int[] originalStart = NONE;
  private int[] originalEnd = NONE;
  private int[] outputStart = NONE;
  private int[] outputEnd = NONE;
  private int size;
  private int baseDelta;
  private int delta;

  /** Makes a map without edits that keeps at most {@code maxEdits}. */
  public SequenceMap(int maxEdits) {
    if (maxEdits < 2) {
      throw new IllegalArgumentException("maxEdits=" + maxEdits);
    }
    this.maxEdits = maxEdits;
  }

  /** Tells whether both numberings are the same and always were. */
  public boolean isIdentity() {
    return size == 0 && delta == 0;
  }

  /** Returns how many bytes the output is ahead of the original at the end. */
  public int delta() {
    return delta;
  }

  /** Returns the number of edits that are remembered. */
  public int edits() {
    return size;
  }

  /**
   * Notes an edit behind all earlier ones.
   *
   * @param original the sequence number of the first byte replaced, in the sender's numbering
   * @param originalBytes how many bytes are replaced, 0 for an insertion
   * @param outputBytes by how many, 0 for an erasure
   */
  public void addEdit(int original, int originalBytes, int outputBytes) {
    if (size == maxEdits) {
      mergeOldest();
    }
    if (size == originalStart.length) {
      grow();
    }
    originalStart[size] = original;
    originalEnd[size] = original + originalBytes;
    outputStart[size] = original + delta;
    outputEnd[size] = original + delta + outputBytes;
    size++;
    delta += outputBytes - originalBytes;
  }

  /**
   * Translates a position of the original. One where bytes were inserted becomes the position
   * before them; one inside an edit becomes the edit's beginning.
   */
  public int toOutputStart(int original) {
    for (int i = size - 1; i >= 0; i--) {
      if (SequenceNumber.isAfter(original, originalEnd[i])
          || (original == originalEnd[i] && originalStart[i] != originalEnd[i])) {
        return outputEnd[i] + (original - originalEnd[i]);
      }
      if (SequenceNumber.isAfter(original, originalStart[i])) {
        return outputStart[i];
      }
    }
    return original + baseDelta;
  }

  /**
   * Translates a position of the original. One where bytes were inserted becomes the position after
   * them; one inside an edit becomes the edit's end.
   */
  public int toOutputEnd(int original) {
    for (int i = size - 1; i >= 0; i--) {
      if (SequenceNumber.isAtOrAfter(original, originalEnd[i])) {
        return outputEnd[i] + (original - originalEnd[i]);
      }
      if (SequenceNumber.isAfter(original, originalStart[i])) {
        return outputEnd[i];
      }
    }
    return original + baseDelta;
  }

  /**
   * Translates a position of the output to the last position of the original of which everything
   * before it is also before {@code output}; what an acknowledgement means to the sender.
   */
  public int toOriginal(int output) {
    for (int i = size - 1; i >= 0; i--) {
      if (SequenceNumber.isAtOrAfter(output, outputEnd[i])) {
        int original = originalEnd[i] + (output - outputEnd[i]);
        return i + 1 < size ? SequenceNumber.min(original, originalStart[i + 1]) : original;
      }
    }
    int original = output - baseDelta;
    return size > 0 ? SequenceNumber.min(original, originalStart[0]) : original;
  }

  /**
   * Translates a position of the output to the first position of the original of which everything
   * behind it is also behind {@code output}; the left edge of a SACK block.
   */
  public int toOriginalRoundedUp(int output) {
    int original = toOriginal(output);
    for (int i = size - 1; i >= 0; i--) {
      boolean inside =
          SequenceNumber.isAfter(output, outputStart[i])
              && SequenceNumber.isBefore(output, outputEnd[i]);
      if (inside) {
        return originalEnd[i];
      }
    }
    return original;
  }

  /**
   * Translates a position of the output as Haka does: an edit's beginning plus the rest, even past
   * the edit's original end.
   */
  public int toOriginalLoosely(int output) {
    for (int i = size - 1; i >= 0; i--) {
      if (SequenceNumber.isAtOrAfter(output, outputEnd[i])) {
        return originalEnd[i] + (output - outputEnd[i]);
      }
    }
    return output - baseDelta;
  }

  /** Tells whether {@code output} is before the end of bytes inserted at the end of the stream. */
  public boolean endsWithUnseenInsertion(int output) {
    int last = size - 1;
    return last >= 0
        && originalStart[last] == originalEnd[last]
        && SequenceNumber.isAtOrAfter(output, outputStart[last])
        && SequenceNumber.isBefore(output, outputEnd[last]);
  }

  /** Returns where the last edit ends in the sender's numbering; meaningful when there is one. */
  public int lastEditEnd() {
    return originalEnd[size - 1];
  }

  /** Notes that the receiver has everything before {@code output}. */
  public void acknowledged(int output) {
    if (size <= 2 * KEPT_EDITS) {
      return;
    }
    int done = 0;
    while (done < size - KEPT_EDITS && SequenceNumber.isAtOrBefore(outputEnd[done], output)) {
      done++;
    }
    if (done >= KEPT_EDITS) {
      baseDelta = outputEnd[done - 1] - originalEnd[done - 1];
      removeFirst(done);
    }
  }

  private void removeFirst(int count) {
    size -= count;
    System.arraycopy(originalStart, count, originalStart, 0, size);
    System.arraycopy(originalEnd, count, originalEnd, 0, size);
    System.arraycopy(outputStart, count, outputStart, 0, size);
    System.arraycopy(outputEnd, count, outputEnd, 0, size);
  }

  private void mergeOldest() {
    int firstOriginal = originalStart[0];
    int firstOutput = outputStart[0];
    removeFirst(1);
    originalStart[0] = firstOriginal;
    outputStart[0] = firstOutput;
  }

  private void grow() {
    int capacity = Math.max(4, 2 * size);
    originalStart = Arrays.copyOf(originalStart, capacity);
    originalEnd = Arrays.copyOf(originalEnd, capacity);
    outputStart = Arrays.copyOf(outputStart, capacity);
    outputEnd = Arrays.copyOf(outputEnd, capacity);
  }
}
