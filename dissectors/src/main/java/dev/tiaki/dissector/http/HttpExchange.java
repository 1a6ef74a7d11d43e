package dev.tiaki.dissector.http;

import org.jspecify.annotations.Nullable;

/** A request that waits for its response, or both. */
public final class HttpExchange {
  /** What the method means for the response. */
  enum Kind {
    ORDINARY,
    HEAD,
    CONNECT
  }

  private final long index;
  private final Kind kind;
  private final boolean http10;
  private final @Nullable HttpRequest request;
  private final long startNanos;
  private @Nullable HttpResponse response;
  private long requestBytes;
  private long responseBytes;

  HttpExchange(
      long index, Kind kind, boolean http10, @Nullable HttpRequest request, long startNanos) {
    this.index = index;
    this.kind = kind;
    this.http10 = http10;
    this.request = request;
    this.startNanos = startNanos;
  }

  /** Returns the 0-based rank of the request in its connection. */
  public long index() {
    return index;
  }

  Kind kind() {
    return kind;
  }

  /** The client speaks HTTP/1.0, and knows no chunks. */
  boolean isHttp10() {
    return http10;
  }

  /** Returns the request, or null when it was not seen. */
  public @Nullable HttpRequest request() {
    return request;
  }

  /** Returns the final response, or null when none came. */
  public @Nullable HttpResponse response() {
    return response;
  }

  /** Returns when the head of the request was complete, in nanoseconds since the Unix epoch. */
  public long startNanos() {
    return startNanos;
  }

  /** Returns the number of bytes of the request's body, without chunk framing. */
  public long requestBodyBytes() {
    return requestBytes;
  }

  /** Returns the number of bytes of the response's body, without chunk framing. */
  public long responseBodyBytes() {
    return responseBytes;
  }

  void answered(HttpResponse message) {
    response = message;
  }

  void addBody(boolean ofRequest, long bytes) {
    if (ofRequest) {
      requestBytes += bytes;
    } else {
      responseBytes += bytes;
    }
  }

  static Kind kindOf(byte[] head, HeadFields fields) {
    int from = fields.lineStart(0);
    int length = fields.lineEnd(0) - from;
    if (Ascii.equalsIgnoreCase(head, from, length, "head")) {
      return Kind.HEAD;
    }
    return Ascii.equalsIgnoreCase(head, from, length, "connect") ? Kind.CONNECT : Kind.ORDINARY;
  }
}
