package dev.tiaki.dissector.http;

/**
 * Reads one message head from bytes that come in pieces, each byte once. What Haka refuses without
 * need is read: empty and folded headers, no blank behind the colon, an empty reason.
 */
final class HeadParser {
  enum Result {
    MORE,
    COMPLETE,
    FAILED
  }

  private static final int UNDECIDED = -1;
  private static final int MISSING = -2;
  private static final byte[] HTTP = {'H', 'T', 'T', 'P', '/'};

  private final boolean strict;
  private final ByteClass uri;
  private final HeadFields fields = new HeadFields();
  private HeadToken token = HeadToken.COMPLETE;
  private int start;
  private int scanned;

  /** The value that is being read goes on from the line before. */
  private boolean folding;

  /** Makes a parser; a strict one refuses the bytes of URIs that Haka refuses. */
  HeadParser(boolean strict) {
    this.strict = strict;
    uri = strict ? ByteClass.GRAPHIC : ByteClass.TOLERANT_URI;
  }

  /** Begins a head with {@code first}. */
  void begin(HeadToken first) {
    fields.clear();
    token = first;
    start = 0;
    scanned = 0;
    folding = false;
  }

  HeadFields fields() {
    return fields;
  }

  /** Returns the offset of the token that is being read. */
  int position() {
    return start;
  }

  /** Returns the error that the token that is being read is missing. */
  SyntaxError error(long headPosition) {
    return token.missing(headPosition + start);
  }

  /**
   * Reads on in {@code bytes}, which hold the head from its beginning to {@code length}.
   *
   * @param last whether no more bytes will come
   */
  Result parse(byte[] bytes, int length, boolean last) {
    while (token != HeadToken.COMPLETE) {
      int end = match(bytes, length, last);
      if (end == UNDECIDED) {
        return Result.MORE;
      }
      if (end == MISSING) {
        return Result.FAILED;
      }
      HeadToken next = take(end, bytes);
      token = next;
      start = end;
      scanned = end;
    }
    fields.end = start;
    return Result.COMPLETE;
  }

  private int match(byte[] bytes, int length, boolean last) {
    return switch (token) {
      case LEADING_LINES -> run(ByteClass.LINE_END, 0, bytes, length, last);
      case METHOD -> run(ByteClass.METHOD, 1, bytes, length, last);
      case URI -> run(uri, 1, bytes, length, last);
      case BEFORE_URI, BEFORE_REQUEST_VERSION, BEFORE_STATUS ->
          run(ByteClass.BLANK, 1, bytes, length, last);
      case BEFORE_VALUE -> run(ByteClass.BLANK, 0, bytes, length, last);
      case BEFORE_REASON -> beforeReason(bytes, length, last);
      case REASON, VALUE -> run(ByteClass.TEXT, 0, bytes, length, last);
      case NAME -> run(ByteClass.NAME, 1, bytes, length, last);
      case COLON -> start == length ? undecided(last) : bytes[start] == ':' ? start + 1 : MISSING;
      case REQUEST_HTTP, RESPONSE_HTTP -> literal(bytes, length, last);
      case REQUEST_VERSION, RESPONSE_VERSION -> version(bytes, length, last);
      case STATUS -> status(bytes, length, last);
      case NEXT_HEADER -> nextLine(bytes, length, last);
      default -> lineEnd(bytes, length, last);
    };
  }

  private static int undecided(boolean last) {
    return last ? MISSING : UNDECIDED;
  }

  private int run(ByteClass members, int atLeast, byte[] bytes, int length, boolean last) {
    int end = members.skip(bytes, scanned, length);
    scanned = end;
    if (end == length && !last) {
      return UNDECIDED;
    }
    return end - start >= atLeast ? end : MISSING;
  }

  private int beforeReason(byte[] bytes, int length, boolean last) {
    int end = run(ByteClass.BLANK, 0, bytes, length, last);
    return end == start && start < length && !Ascii.isLineEnd(bytes[start]) ? MISSING : end;
  }

  private int literal(byte[] bytes, int length, boolean last) {
    for (int i = 0; i < HTTP.length; i++) {
      if (start + i == length) {
        return undecided(last);
      }
      if (bytes[start + i] != HTTP[i]) {
        return MISSING;
      }
    }
    return start + HTTP.length;
  }

  /** Haka waits for ever at a folded line, and with it whoever sent one. */
  private int nextLine(byte[] bytes, int length, boolean last) {
    boolean waits = start == length || (strict && Ascii.isBlank(bytes[start]));
    return waits ? undecided(last) : start;
  }

  private int version(byte[] bytes, int length, boolean last) {
    int dot = ByteClass.DIGIT.skip(bytes, start, length);
    if (dot == length) {
      return undecided(last);
    }
    if (dot == start || bytes[dot] != '.') {
      return MISSING;
    }
    int end = ByteClass.DIGIT.skip(bytes, dot + 1, length);
    if (end == length && !last) {
      return UNDECIDED;
    }
    return end == dot + 1 ? MISSING : end;
  }

  private int status(byte[] bytes, int length, boolean last) {
    int end = ByteClass.DIGIT.skip(bytes, start, Math.min(length, start + 3));
    if (end == start + 3) {
      return end;
    }
    return end == length ? undecided(last) : MISSING;
  }

  private int lineEnd(byte[] bytes, int length, boolean last) {
    if (start == length) {
      return undecided(last);
    }
    if (bytes[start] == Ascii.LF) {
      fields.bareLineFeed = true;
      return start + 1;
    }
    if (bytes[start] != Ascii.CR) {
      return MISSING;
    }
    if (start + 1 == length) {
      return undecided(last);
    }
    return bytes[start + 1] == Ascii.LF ? start + 2 : MISSING;
  }

  /** Notes the token that ends at {@code end}, and returns the one that comes next. */
  private HeadToken take(int end, byte[] bytes) {
    return switch (token) {
      case LEADING_LINES -> HeadToken.METHOD;
      case METHOD -> linePart(0, end, HeadToken.BEFORE_URI);
      case BEFORE_URI -> HeadToken.URI;
      case URI -> linePart(1, end, HeadToken.BEFORE_REQUEST_VERSION);
      case BEFORE_REQUEST_VERSION -> HeadToken.REQUEST_HTTP;
      case REQUEST_HTTP -> HeadToken.REQUEST_VERSION;
      case REQUEST_VERSION -> linePart(2, end, HeadToken.REQUEST_LINE_END);
      case RESPONSE_HTTP -> HeadToken.RESPONSE_VERSION;
      case RESPONSE_VERSION -> linePart(0, end, HeadToken.BEFORE_STATUS);
      case BEFORE_STATUS -> HeadToken.STATUS;
      case STATUS -> linePart(1, end, HeadToken.BEFORE_REASON);
      case BEFORE_REASON -> HeadToken.REASON;
      case REASON -> linePart(2, end, HeadToken.RESPONSE_LINE_END);
      case REQUEST_LINE_END, RESPONSE_LINE_END -> firstLine(end);
      case NEXT_HEADER -> nextHeader(bytes);
      case NAME -> name(end);
      case COLON -> HeadToken.BEFORE_VALUE;
      case BEFORE_VALUE -> HeadToken.VALUE;
      case VALUE -> value(end);
      case HEADER_END -> header(end);
      case HEAD_END, COMPLETE -> HeadToken.COMPLETE;
    };
  }

  private HeadToken linePart(int part, int end, HeadToken next) {
    fields.setLinePart(part, start, end);
    return next;
  }

  private HeadToken firstLine(int end) {
    fields.firstLineEnd = end;
    return HeadToken.NEXT_HEADER;
  }

  private HeadToken nextHeader(byte[] bytes) {
    if (Ascii.isLineEnd(bytes[start])) {
      return HeadToken.HEAD_END;
    }
    if (fields.headers() == 0 || !Ascii.isBlank(bytes[start])) {
      return HeadToken.NAME;
    }
    fields.folded = true;
    folding = true;
    return HeadToken.VALUE;
  }

  private HeadToken name(int end) {
    fields.addHeader(start, end);
    return HeadToken.COLON;
  }

  private HeadToken value(int end) {
    if (folding) {
      fields.extendValue(end);
      folding = false;
    } else {
      fields.setValue(start, end);
    }
    return HeadToken.HEADER_END;
  }

  private HeadToken header(int end) {
    fields.setHeaderEnd(end);
    return HeadToken.NEXT_HEADER;
  }
}
