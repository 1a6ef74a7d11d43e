package dev.tiaki.cli.control.resource;

import dev.tiaki.cli.control.http.Refusal;
import dev.tiaki.cli.control.http.Reply;
import dev.tiaki.cli.control.http.Request;
import dev.tiaki.cli.control.http.Resource;
import dev.tiaki.cli.control.view.FlowAction;
import dev.tiaki.cli.control.view.FlowFilter;
import dev.tiaki.cli.control.view.Flows;
import dev.tiaki.cli.control.view.Subject;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /v1/flows}: the flows that are followed; drop, reset or bypass one. */
final class FlowsResource {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 10_000;

  private final Flows flows;

  FlowsResource(Subject subject) {
    this.flows = new Flows(subject.engine());
  }

  /** {@code GET /v1/flows}: those that the query's parts want, a page of them. */
  Reply list(Request request) throws Exception {
    Set<String> known = new HashSet<>(FlowFilter.PARTS);
    known.addAll(Set.of("limit", "cursor"));
    request.requireOnly(known);
    try {
      return Reply.json(
          flows.page(
              FlowFilter.of(request.query()),
              limit(request.parameter("limit")),
              request.parameter("cursor")));
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private static int limit(@Nullable String text) {
    if (text == null) {
      return DEFAULT_LIMIT;
    }
    if (!text.matches("[1-9]\\d{0,4}") || Integer.parseInt(text) > MAX_LIMIT) {
      throw new IllegalArgumentException("limit: '" + text + "' is no number, 1 to " + MAX_LIMIT);
    }
    return Integer.parseInt(text);
  }

  /** {@code GET /v1/flows/ID}. */
  Reply one(Request request) throws Exception {
    return Reply.json(flows.one(request.variable("id")).orElseThrow(() -> unknown(request)));
  }

  /** {@code POST /v1/flows/ID/drop} and so on. */
  Resource acting(FlowAction action) {
    return request -> {
      try {
        return Reply.json(
            flows.act(request.variable("id"), action).orElseThrow(() -> unknown(request)));
      } catch (IllegalStateException e) {
        throw Refusal.of(409, String.valueOf(e.getMessage()));
      }
    };
  }

  private static Refusal unknown(Request request) {
    return Refusal.notFound("there is no flow '" + request.variable("id") + "'");
  }
}
