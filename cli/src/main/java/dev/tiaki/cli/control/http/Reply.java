package dev.tiaki.cli.control.http;

/** An answer. */
public sealed interface Reply {
  /**
   * A value that is written as JSON.
   *
   * @param status the HTTP status
   * @param body a record, a list, a map or a tree of JSON nodes
   */
  record Json(int status, Object body) implements Reply {}

  /**
   * A text.
   *
   * @param status the HTTP status
   * @param contentType such as {@code text/plain; charset=utf-8}
   */
  record Text(int status, String contentType, String body) implements Reply {}

  /**
   * Pieces without an end.
   *
   * @param contentType such as {@code text/event-stream}
   * @param pieces where they come from; closed when the reader is gone
   */
  record Stream(String contentType, PieceSource pieces) implements Reply {}

  /** Returns a JSON answer with status 200. */
  static Reply json(Object body) {
    return new Json(200, body);
  }

  /** Returns a JSON answer. */
  static Reply json(int status, Object body) {
    return new Json(status, body);
  }
}
