package dev.tiaki.dissector.http;

import java.util.Arrays;

/**
 * Where the parts of a message head stand: offsets from its first byte. A header is a name, a value
 * and the whole line, its end included.
 */
final class HeadFields {
  private static final int LINE_OFFSETS = 6;
  private static final int PARTS = 5;
  private static final int FIRST_HEADERS = 16;

  /** Start and end of the three parts of the first line, then {@link #PARTS} of each header. */
  private int[] offsets;

  private int count;

  /** Offset behind the first line. */
  int firstLineEnd;

  /** Offset behind the empty line. */
  int end;

  /** A line ended without a carriage return. */
  boolean bareLineFeed;

  /** A header went on in a second line (RFC 9112 section 5.2). */
  boolean folded;

  HeadFields() {
    this(new int[LINE_OFFSETS + FIRST_HEADERS * PARTS]);
  }

  private HeadFields(int[] offsets) {
    this.offsets = offsets;
  }

  /** Returns a copy for a message that outlives the parse. */
  HeadFields copy() {
    HeadFields copy = new HeadFields(Arrays.copyOf(offsets, at(count)));
    copy.count = count;
    copy.firstLineEnd = firstLineEnd;
    copy.end = end;
    copy.bareLineFeed = bareLineFeed;
    copy.folded = folded;
    return copy;
  }

  /** Returns the index of the first offset of a header. */
  private static int at(int header) {
    return LINE_OFFSETS + header * PARTS;
  }

  void clear() {
    if (count > FIRST_HEADERS) {
      offsets = new int[at(FIRST_HEADERS)];
    }
    count = 0;
    end = 0;
    firstLineEnd = 0;
    bareLineFeed = false;
    folded = false;
  }

  void setLinePart(int part, int from, int to) {
    offsets[2 * part] = from;
    offsets[2 * part + 1] = to;
  }

  int lineStart(int part) {
    return offsets[2 * part];
  }

  int lineEnd(int part) {
    return offsets[2 * part + 1];
  }

  int headers() {
    return count;
  }

  void addHeader(int nameStart, int nameEnd) {
    if (at(count + 1) > offsets.length) {
      offsets = Arrays.copyOf(offsets, offsets.length * 2);
    }
    offsets[at(count)] = nameStart;
    offsets[at(count) + 1] = nameEnd;
    count++;
  }

  void setValue(int from, int to) {
    offsets[at(count) - 3] = from;
    offsets[at(count) - 2] = to;
  }

  /** Moves the end of the last value behind a folded line. */
  void extendValue(int to) {
    offsets[at(count) - 2] = to;
  }

  void setHeaderEnd(int to) {
    offsets[at(count) - 1] = to;
  }

  int nameStart(int header) {
    return offsets[at(header)];
  }

  int nameEnd(int header) {
    return offsets[at(header) + 1];
  }

  int valueStart(int header) {
    return offsets[at(header) + 2];
  }

  int valueEnd(int header) {
    return offsets[at(header) + 3];
  }

  int headerEnd(int header) {
    return offsets[at(header) + 4];
  }

  /** Returns where a header that is added goes: behind the last one. */
  int appendingPlace() {
    return count == 0 ? firstLineEnd : headerEnd(count - 1);
  }
}
