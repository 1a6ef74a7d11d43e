package dev.tiaki.dissector.http;

/** The head of a request (RFC 9112 section 3). */
public final class HttpRequest extends HttpMessage {
  private static final int METHOD = 0;
  private static final int URI = 1;
  private static final int VERSION = 2;

  HttpRequest(byte[] head, HeadFields fields) {
    super(head, fields);
  }

  /** Returns the method, such as {@code GET}. */
  public HttpText method() {
    return linePart(METHOD);
  }

  /** Returns the request target as it stands in the line. */
  public HttpText uri() {
    return linePart(URI);
  }

  @Override
  public HttpText version() {
    return linePart(VERSION);
  }

  /**
   * Changes the method.
   *
   * @throws IllegalArgumentException {@code token value '%s' does not verify /%s/}
   */
  public void setMethod(byte[] text) {
    setLinePart(METHOD, text, ByteClass.METHOD_EDIT, HeadToken.METHOD);
  }

  /**
   * Changes the request target.
   *
   * @throws IllegalArgumentException {@code token value '%s' does not verify /%s/}
   */
  public void setUri(byte[] text) {
    setLinePart(URI, text, ByteClass.GRAPHIC, HeadToken.URI);
  }

  @Override
  public void setVersion(byte[] text) {
    setVersionPart(VERSION, text);
  }
}
