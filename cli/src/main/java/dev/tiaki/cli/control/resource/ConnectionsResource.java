package dev.tiaki.cli.control.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiaki.cli.control.http.Json;
import dev.tiaki.cli.control.http.Refusal;
import dev.tiaki.cli.control.http.Reply;
import dev.tiaki.cli.control.http.Request;
import dev.tiaki.cli.control.view.Subject;
import dev.tiaki.netfilter.connections.Answer;
import dev.tiaki.netfilter.connections.ConnectionsApi;
import dev.tiaki.netfilter.connections.ConnectionsSettings;
import dev.tiaki.netfilter.conntrack.ConntrackOptions;
import dev.tiaki.netfilter.conntrack.KernelConntrack;
import java.io.IOException;
import java.util.Set;

/**
 * {@code /v1/connections}: the kernel's connection table, in the JSON of {@code tiaki connections}.
 */
final class ConnectionsResource {
  private static final Set<String> READ = Set.of("protocol", "state", "expand", "limit", "ids");

  private final Subject subject;

  ConnectionsResource(Subject subject) {
    this.subject = subject;
  }

  private interface Side {
    Answer answer(ConnectionsApi api, ObjectNode input);
  }

  /** {@code GET /v1/connections}: action {@code conntrack}, its inputs as parameters. */
  Reply list(Request request) throws Refusal, IOException {
    request.requireOnly(READ);
    ObjectNode input = JsonNodeFactory.instance.objectNode().put("action", "conntrack");
    request.query().forEach(input::put);
    return answer(ConnectionsApi::read, input);
  }

  /** {@code POST /v1/connections/read}: any action of {@code tiaki connections read}. */
  Reply read(Request request) throws Refusal, IOException {
    return answer(ConnectionsApi::read, Json.object(request.body()));
  }

  /** {@code POST /v1/connections/delete}: any action of {@code tiaki connections delete}. */
  Reply delete(Request request) throws Refusal, IOException {
    return answer(ConnectionsApi::delete, Json.object(request.body()));
  }

  private Reply answer(Side side, ObjectNode input) throws Refusal, IOException {
    if (!subject.kernel()) {
      throw Refusal.notFound("this run has no connection table of the kernel");
    }
    try (KernelConntrack table = KernelConntrack.open(ConntrackOptions.DEFAULTS)) {
      Answer answer = side.answer(new ConnectionsApi(table, ConnectionsSettings.DEFAULTS), input);
      return Reply.json(answer.isSuccess() ? 200 : 400, answer.json());
    }
  }
}
