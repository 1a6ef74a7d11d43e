package dev.tiaki.tracker.view;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.tiaki.tracker.ConnectionTracker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Serves the list over HTTP: JSON, or Prometheus text for a path that ends in {@code /metrics}.
 * Only GET and HEAD are answered.
 */
public final class ConnectionsHandler implements HttpHandler {
  private final ConnectionTracker tracker;

  /** Makes a handler that shows the connections of {@code tracker}. */
  public ConnectionsHandler(ConnectionTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean head = exchange.getRequestMethod().equals("HEAD");
      if (!head && !exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      boolean metrics = exchange.getRequestURI().getPath().endsWith("/metrics");
      byte[] body = text(metrics).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type(metrics));
      exchange.sendResponseHeaders(200, head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private String text(boolean metrics) {
    return metrics
        ? PrometheusText.of(tracker.connections())
        : ConnectionsJson.of(tracker.connections());
  }

  private static String type(boolean metrics) {
    return metrics ? "text/plain; version=0.0.4; charset=utf-8" : "application/json";
  }
}
