package dev.tiaki.dissector.http;

import org.jspecify.annotations.Nullable;

/**
 * What the headers of one message say about its body (RFC 9112 section 6). Used again and again.
 */
final class Framing {
  private static final long NONE = -1;

  private long length;
  private boolean encoded;
  private boolean chunked;
  private boolean closes;
  private boolean keepsAlive;
  private @Nullable HttpAnomaly anomaly;

  /** Reads the headers that {@code fields} finds in {@code head}. */
  void read(byte[] head, HeadFields fields) {
    length = NONE;
    encoded = false;
    chunked = false;
    closes = false;
    keepsAlive = false;
    anomaly = null;
    for (int i = 0; i < fields.headers(); i++) {
      int from = fields.nameStart(i);
      readHeader(head, fields, i, from, fields.nameEnd(i) - from);
    }
    if (encoded && length != NONE) {
      anomaly = HttpAnomaly.LENGTH_AND_ENCODING;
    }
  }

  private void readHeader(byte[] head, HeadFields fields, int header, int from, int nameLength) {
    switch (nameLength) {
      case 14 -> {
        if (Ascii.equalsIgnoreCase(head, from, nameLength, "content-length")) {
          readLength(head, fields.valueStart(header), fields.valueEnd(header));
        }
      }
      case 17 -> {
        if (Ascii.equalsIgnoreCase(head, from, nameLength, "transfer-encoding")) {
          readEncoding(head, fields.valueStart(header), fields.valueEnd(header));
        }
      }
      case 10 -> {
        if (Ascii.equalsIgnoreCase(head, from, nameLength, "connection")) {
          readConnection(head, fields.valueStart(header), fields.valueEnd(header));
        }
      }
      default -> {
        // the others say nothing about framing
      }
    }
  }

  /** A list of lengths comes from headers that a proxy joined. */
  private void readLength(byte[] head, int from, int to) {
    int at = from;
    do {
      int comma = indexOf(head, at, to, ',');
      readOneLength(head, at, comma);
      at = comma + 1;
    } while (at <= to);
  }

  private void readOneLength(byte[] head, int from, int to) {
    int first = ByteClass.BLANK.skip(head, from, to);
    int end = ByteClass.DIGIT.skip(head, first, to);
    if (end == first || ByteClass.BLANK.skip(head, end, to) != to) {
      anomaly = HttpAnomaly.INVALID_LENGTH;
      return;
    }
    long value = 0;
    for (int i = first; i < end; i++) {
      int digit = head[i] - '0';
      if (value > (Long.MAX_VALUE - digit) / 10) {
        anomaly = HttpAnomaly.INVALID_LENGTH;
        return;
      }
      value = value * 10 + digit;
    }
    if (length != NONE && anomaly == null) {
      anomaly = length == value ? HttpAnomaly.REPEATED_LENGTH : HttpAnomaly.CONFLICTING_LENGTHS;
    }
    length = value;
  }

  private void readEncoding(byte[] head, int from, int to) {
    encoded = true;
    int last = from;
    for (int comma = indexOf(head, from, to, ','); comma < to; ) {
      last = comma + 1;
      comma = indexOf(head, last, to, ',');
    }
    chunked = is(head, last, to, "chunked");
  }

  private void readConnection(byte[] head, int from, int to) {
    int at = from;
    do {
      int comma = indexOf(head, at, to, ',');
      closes |= is(head, at, comma, "close");
      keepsAlive |= is(head, at, comma, "keep-alive");
      at = comma + 1;
    } while (at <= to);
  }

  private static int indexOf(byte[] bytes, int from, int to, char wanted) {
    int at = from;
    while (at < to && bytes[at] != wanted) {
      at++;
    }
    return at;
  }

  /** Tells whether the bytes but blanks around them are {@code word}. */
  private static boolean is(byte[] bytes, int from, int to, String word) {
    int first = ByteClass.BLANK.skip(bytes, from, to);
    int end = to;
    while (end > first && Ascii.isBlank(bytes[end - 1])) {
      end--;
    }
    return Ascii.equalsIgnoreCase(bytes, first, end - first, word);
  }

  boolean hasLength() {
    return length != NONE;
  }

  long length() {
    return length;
  }

  boolean isEncoded() {
    return encoded;
  }

  boolean isChunked() {
    return chunked;
  }

  /** Tells whether the connection ends with this message. */
  boolean closes(boolean http10) {
    return closes || (http10 && !keepsAlive);
  }

  /** Returns what is ambiguous, or null. */
  @Nullable HttpAnomaly anomaly() {
    return anomaly;
  }
}
