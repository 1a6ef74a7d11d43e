package dev.tiaki.cli.eve;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A request with its response, as EVE's {@code http} record tells it. Texts carry bytes as ISO
 * 8859-1.
 *
 * @param flowId the flow's id in the run
 * @param capture the capture in which it ended
 * @param ends the ends of the connection, the client as source
 * @param nanos when the request was complete, nanoseconds since the Unix epoch
 * @param transaction the 0-based rank of the request in its connection
 * @param hostname the host that was asked for, without port, or null
 * @param url the request target
 * @param userAgent the header of that name, or null
 * @param contentType the response's, without parameters, or null
 * @param referer the request's header of that name, or null
 * @param method the method
 * @param protocol {@code HTTP/} and the version of the request
 * @param status the status of the response, 0 when there was none
 * @param redirect the response's location where its status is a redirection, or null
 * @param bodyBytes how many bytes the body of the response had
 */
public record EveHttp(
    long flowId,
    String capture,
    EveEnds ends,
    long nanos,
    long transaction,
    @Nullable String hostname,
    String url,
    @Nullable String userAgent,
    @Nullable String contentType,
    @Nullable String referer,
    String method,
    String protocol,
    int status,
    @Nullable String redirect,
    long bodyBytes) {

  void write(JsonGenerator json) throws IOException {
    json.writeNumberField("tx_id", transaction);
    json.writeObjectFieldStart("http");
    text(json, "hostname", hostname);
    text(json, "url", url);
    text(json, "http_user_agent", userAgent);
    text(json, "http_content_type", contentType);
    text(json, "http_refer", referer);
    text(json, "http_method", method);
    text(json, "protocol", protocol);
    if (status > 0) {
      json.writeNumberField("status", status);
    }
    text(json, "redirect", redirect);
    json.writeNumberField("length", bodyBytes);
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }
}
