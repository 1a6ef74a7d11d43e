package dev.tiaki.cli.assembly;

import dev.tiaki.cli.eve.EveEnds;
import dev.tiaki.cli.eve.EveHttp;
import dev.tiaki.dissector.http.HttpExchange;
import dev.tiaki.dissector.http.HttpMessage;
import dev.tiaki.dissector.http.HttpRequest;
import dev.tiaki.dissector.http.HttpResponse;
import dev.tiaki.dissector.http.HttpText;
import org.jspecify.annotations.Nullable;

/** Says in EVE's words what an exchange of HTTP was. */
final class EveHttpRows {
  private static final int FIRST_REDIRECTION = 300;
  private static final int FIRST_ERROR = 400;

  private EveHttpRows() {}

  static EveHttp row(long flowId, String capture, EveEnds ends, HttpExchange exchange) {
    HttpRequest request = exchange.request();
    HttpResponse response = exchange.response();
    int status = response == null ? 0 : response.statusCode();
    boolean redirects = status >= FIRST_REDIRECTION && status < FIRST_ERROR;
    return new EveHttp(
        flowId,
        capture,
        ends,
        exchange.startNanos(),
        exchange.index(),
        host(header(request, "host")),
        request == null ? "" : request.uri().toString(),
        header(request, "user-agent"),
        mediaType(header(response, "content-type")),
        header(request, "referer"),
        request == null ? "" : request.method().toString(),
        request == null ? "" : "HTTP/" + request.version(),
        status,
        redirects ? header(response, "location") : null,
        exchange.responseBodyBytes());
  }

  private static @Nullable String header(@Nullable HttpMessage message, String name) {
    HttpText value = message == null ? null : message.headers().get(name);
    return value == null ? null : value.toString().strip();
  }

  /** Returns the host without its port; an IPv6 address keeps its brackets. */
  private static @Nullable String host(@Nullable String header) {
    if (header == null) {
      return null;
    }
    int colon = header.lastIndexOf(':');
    return colon > header.lastIndexOf(']') ? header.substring(0, colon) : header;
  }

  private static @Nullable String mediaType(@Nullable String header) {
    int semicolon = header == null ? -1 : header.indexOf(';');
    return header == null || semicolon < 0 ? header : header.substring(0, semicolon).strip();
  }
}
