package dev.tiaki.dissector.http;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.flow.Direction;

/** What can be listened to in HTTP. */
public sealed interface HttpListener {
  /** Listens to requests. */
  @FunctionalInterface
  non-sealed interface OnRequest extends HttpListener {
    /** The head of a request is complete, and nothing of its body was read. */
    void request(HttpFlow http, HttpRequest request);
  }

  /** Listens to responses, those before the final one (1xx) included. */
  @FunctionalInterface
  non-sealed interface OnResponse extends HttpListener {
    /** The head of a response is complete, and nothing of its body was read. */
    void response(HttpFlow http, HttpResponse response);
  }

  /** Listens to bodies, whose chunk framing is taken away. */
  @FunctionalInterface
  non-sealed interface OnData extends HttpListener {
    /**
     * A piece of a body begins at {@code current}, or the body has ended and {@code current} is at
     * its end.
     */
    void data(HttpFlow http, HttpBody body, BufferIterator current, Direction direction);
  }

  /** Listens to messages that two readers may understand differently. */
  @FunctionalInterface
  non-sealed interface OnAnomaly extends HttpListener {
    /** Decides about the connection: it goes on unless it is dropped. */
    void anomaly(HttpFlow http, HttpAnomaly anomaly, Direction direction);
  }

  /** Listens to connections that change to another protocol. */
  @FunctionalInterface
  non-sealed interface OnUpgrade extends HttpListener {
    /**
     * The rest of the connection is no HTTP.
     *
     * @param protocol what the header {@code Upgrade} says, or {@code connect}
     */
    void upgrade(HttpFlow http, String protocol);
  }

  /** Listens to the ends of exchanges. */
  @FunctionalInterface
  non-sealed interface OnExchange extends HttpListener {
    /** A final response is complete, or the connection ended before it. */
    void exchange(HttpFlow http, HttpExchange exchange);
  }
}
