package dev.tiaki.cli.control.resource;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.tiaki.cli.control.http.Reply;
import dev.tiaki.cli.control.http.Request;
import dev.tiaki.cli.control.http.Resource;
import dev.tiaki.tracker.ConnectionInfo;
import dev.tiaki.tracker.ConnectionTracker;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/clients}: who is connected to this API, whoever asks among them. */
final class ClientsResource implements Resource {
  private record Clients(List<RawValue> clients) {}

  private final ConnectionTracker tracker;
  private final @Nullable Path socket;

  /**
   * Shows the connections of {@code tracker}.
   *
   * @param socket where the Unix socket is, which was bound elsewhere before
   */
  ClientsResource(ConnectionTracker tracker, @Nullable Path socket) {
    this.tracker = tracker;
    this.socket = socket;
  }

  @Override
  public Reply answer(Request request) {
    return Reply.json(
        new Clients(
            tracker.connections().stream()
                .map(this::placed)
                .map(ConnectionInfo::toJson)
                .map(RawValue::new)
                .toList()));
  }

  private ConnectionInfo placed(ConnectionInfo client) {
    return socket == null || !(client.localAddress() instanceof UnixDomainSocketAddress)
        ? client
        : new ConnectionInfo(
            client.id(),
            client.category(),
            client.role(),
            UnixDomainSocketAddress.of(socket),
            client.remoteAddress(),
            client.openedAt(),
            client.establishedFor(),
            client.readBytes(),
            client.writtenBytes());
  }
}
