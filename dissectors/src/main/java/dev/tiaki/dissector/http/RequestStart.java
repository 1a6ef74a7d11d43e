package dev.tiaki.dissector.http;

import dev.tiaki.engine.buffer.BufferIterator;
import java.util.Set;

/**
 * Tells whether the first data of a connection are an HTTP request, at whatever port. It answers no
 * where another protocol could begin the same way: what is taken for HTTP and is none is dropped.
 */
final class RequestStart {
  /** Methods of RFC 9110, RFC 5789, RFC 4918 and RFC 3253, as long ones as their names here. */
  private static final Set<String> METHODS =
      Set.of(
          "GET",
          "HEAD",
          "POST",
          "PUT",
          "DELETE",
          "CONNECT",
          "OPTIONS",
          "TRACE",
          "PATCH",
          "PROPFIND",
          "PROPPATCH",
          "MKCOL",
          "COPY",
          "MOVE",
          "LOCK",
          "UNLOCK",
          "REPORT");

  private static final int LONGEST_METHOD = 9;

  /** How far the end of the request line is looked for, octets. */
  private static final int MAX_LINE_BYTES = 4096;

  /** What the first octets of a connection may be. */
  enum Answer {
    REQUEST,
    OTHER,
    /** More octets have to come: a method's first letters, or those of a target. */
    UNDECIDED
  }

  private static final String ABSOLUTE = "http://";

  private RequestStart() {}

  /**
   * Looks at the octets from {@code current} on, which stays where it is. A request line that is
   * all there ends with its version; of one that is not, the target's beginning decides.
   *
   * @param before the octets of the connection before those, as ISO 8859-1
   */
  static Answer of(String before, BufferIterator current) {
    StringBuilder text = new StringBuilder(before);
    BufferIterator at = current.copy();
    int blank = text.indexOf(" ");
    if (blank < 0 && readTo(' ', LONGEST_METHOD + 1, at, text)) {
      blank = text.length() - 1;
    }
    String word = blank < 0 ? text.toString() : text.substring(0, blank);
    if (blank < 0 || !METHODS.contains(word)) {
      return blank < 0 && beginsMethod(word) ? Answer.UNDECIDED : Answer.OTHER;
    }
    boolean whole = readTo('\n', MAX_LINE_BYTES, at, text);
    String rest = text.substring(blank + 1);
    if (whole) {
      return endsWithVersion(rest.strip()) ? Answer.REQUEST : Answer.OTHER;
    }
    if (beginsAsTarget(rest)) {
      return Answer.REQUEST;
    }
    boolean maybe = ABSOLUTE.regionMatches(true, 0, rest, 0, rest.length());
    return maybe ? Answer.UNDECIDED : Answer.OTHER;
  }

  /** Appends octets up to and with {@code end}, at most so many that there are {@code limit}. */
  private static boolean readTo(char end, int limit, BufferIterator at, StringBuilder text) {
    while (text.length() < limit) {
      int octet = at.read();
      if (octet < 0) {
        return false;
      }
      text.append((char) octet);
      if (octet == end) {
        return true;
      }
    }
    return false;
  }

  private static boolean beginsMethod(String word) {
    return METHODS.stream().anyMatch(method -> method.startsWith(word));
  }

  private static boolean endsWithVersion(String line) {
    return line.endsWith(" HTTP/1.1") || line.endsWith(" HTTP/1.0");
  }

  private static boolean beginsAsTarget(String target) {
    return target.startsWith("/") || target.regionMatches(true, 0, ABSOLUTE, 0, ABSOLUTE.length());
  }
}
