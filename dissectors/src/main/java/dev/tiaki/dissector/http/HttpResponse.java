package dev.tiaki.dissector.http;

/** The head of a response (RFC 9112 section 4). */
public final class HttpResponse extends HttpMessage {
  private static final int VERSION = 0;
  private static final int STATUS = 1;
  private static final int REASON = 2;
  private static final int STATUS_DIGITS = 3;

  HttpResponse(byte[] head, HeadFields fields) {
    super(head, fields);
  }

  @Override
  public HttpText version() {
    return linePart(VERSION);
  }

  /** Returns the status, three digits. */
  public HttpText status() {
    return linePart(STATUS);
  }

  /** Returns the words behind the status, perhaps none. */
  public HttpText reason() {
    return linePart(REASON);
  }

  /** Returns the status as a number, 0 to 999. */
  public int statusCode() {
    return Integer.parseInt(status().toString());
  }

  @Override
  public void setVersion(byte[] text) {
    setVersionPart(VERSION, text);
  }

  /**
   * Changes the status.
   *
   * @throws IllegalArgumentException {@code token value '%s' does not verify /%s/}
   */
  public void setStatus(byte[] text) {
    if (text.length != STATUS_DIGITS) {
      throw refused(text, HeadToken.STATUS.pattern());
    }
    setLinePart(STATUS, text, ByteClass.DIGIT, HeadToken.STATUS);
  }

  /**
   * Changes the words behind the status.
   *
   * @throws IllegalArgumentException {@code token value '%s' does not verify /%s/}
   */
  public void setReason(byte[] text) {
    setLinePart(REASON, text, ByteClass.TEXT, HeadToken.REASON);
  }
}
