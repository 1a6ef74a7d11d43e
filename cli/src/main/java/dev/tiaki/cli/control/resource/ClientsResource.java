package dev.tiaki.cli.control.resource;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.tiaki.cli.control.http.Reply;
import dev.tiaki.cli.control.http.Request;
import dev.tiaki.cli.control.http.Resource;
import dev.tiaki.tracker.ConnectionInfo;
import dev.tiaki.tracker.ConnectionTracker;
import java.util.List;

/** {@code GET /v1/clients}: who is connected to this API, whoever asks among them. */
final class ClientsResource implements Resource {
  private record Clients(List<RawValue> clients) {}

  private final ConnectionTracker tracker;

  ClientsResource(ConnectionTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Reply answer(Request request) {
    return Reply.json(
        new Clients(
            tracker.connections().stream()
                .map(ConnectionInfo::toJson)
                .map(RawValue::new)
                .toList()));
  }
}
