package dev.tiaki.dissector.http;

import java.util.Arrays;

/**
 * Where the parts of a message head stand: offsets from its first byte. A header is a name, a value
 * and the whole line, its end included.
 */
final class HeadFields {
  private static final int PARTS = 5;
  private static final int FIRST_HEADERS = 16;

  /** Start and end of the three parts of the first line. */
  private final int[] line;

  private int[] headers;
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
    this(new int[6], new int[FIRST_HEADERS * PARTS]);
  }

  private HeadFields(int[] line, int[] headers) {
    this.line = line;
    this.headers = headers;
  }

  /** Returns a copy for a message that outlives the parse. */
  HeadFields copy() {
    HeadFields copy = new HeadFields(line.clone(), Arrays.copyOf(headers, count * PARTS));
    copy.count = count;
    copy.firstLineEnd = firstLineEnd;
    copy.end = end;
    copy.bareLineFeed = bareLineFeed;
    copy.folded = folded;
    return copy;
  }

  void clear() {
    count = 0;
    end = 0;
    firstLineEnd = 0;
    bareLineFeed = false;
    folded = false;
  }

  void setLinePart(int part, int from, int to) {
    line[2 * part] = from;
    line[2 * part + 1] = to;
  }

  int lineStart(int part) {
    return line[2 * part];
  }

  int lineEnd(int part) {
    return line[2 * part + 1];
  }

  int headers() {
    return count;
  }

  void addHeader(int nameStart, int nameEnd) {
    if ((count + 1) * PARTS > headers.length) {
      headers = Arrays.copyOf(headers, headers.length * 2);
    }
    headers[count * PARTS] = nameStart;
    headers[count * PARTS + 1] = nameEnd;
    count++;
  }

  void setValue(int from, int to) {
    headers[count * PARTS - 3] = from;
    headers[count * PARTS - 2] = to;
  }

  /** Moves the end of the last value behind a folded line. */
  void extendValue(int to) {
    headers[count * PARTS - 2] = to;
  }

  void setHeaderEnd(int to) {
    headers[count * PARTS - 1] = to;
  }

  int nameStart(int header) {
    return headers[header * PARTS];
  }

  int nameEnd(int header) {
    return headers[header * PARTS + 1];
  }

  int valueStart(int header) {
    return headers[header * PARTS + 2];
  }

  int valueEnd(int header) {
    return headers[header * PARTS + 3];
  }

  int headerEnd(int header) {
    return headers[header * PARTS + 4];
  }

  /** Returns where a header that is added goes: behind the last one. */
  int appendingPlace() {
    return count == 0 ? firstLineEnd : headerEnd(count - 1);
  }
}
