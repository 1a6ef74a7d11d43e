package dev.tiaki.dissector.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tiaki.dissector.tcpconnection.Delivered;
import dev.tiaki.dissector.tcpconnection.TcpConnectionSettings;
import dev.tiaki.dissector.tcpconnection.TcpFixture;
import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Conversation;
import java.util.ArrayList;
import java.util.List;

/** A worker that reads every connection as HTTP and writes down what listeners are told. */
final class HttpFixture {
  final TcpFixture tcp;
  final HttpDissector http;
  final List<String> events = new ArrayList<>();

  HttpFixture(EngineMode mode, HttpSettings settings) {
    this(mode, settings, TcpConnectionSettings.DEFAULTS.withMidstreamPickup(true));
  }

  HttpFixture(EngineMode mode, HttpSettings settings, TcpConnectionSettings connections) {
    tcp = new TcpFixture(mode, connections);
    http = new HttpDissector(tcp.context, settings);
    http.register(tcp.connections);
    http.decide();
    tcp.connections.applications().expect(HttpDissector.PORT, HttpDissector.NAME);
  }

  static HttpFixture enforcing() {
    return new HttpFixture(EngineMode.ENFORCE, HttpSettings.DEFAULTS);
  }

  static HttpFixture observing() {
    return new HttpFixture(EngineMode.OBSERVE, HttpSettings.DEFAULTS);
  }

  /** Writes down requests, responses, bodies and the ends of exchanges. */
  HttpFixture record() {
    http.events().request().add((flow, request) -> events.add("request " + line(request)));
    http.events().response().add((flow, response) -> events.add("response " + line(response)));
    recordBodies();
    return this;
  }

  private void recordBodies() {
    http.events()
        .receiveData()
        .add((flow, body, current, direction) -> {
          StringBuilder text = new StringBuilder();
          if (body.scriptData() instanceof StringBuilder known) {
            text = known;
          }
          body.setScriptData(text);
          text.append(read(current));
          if (body.stream().isFinished()) {
            events.add((direction == Direction.UP ? "up " : "down ") + text);
          }
        });
  }

  static String line(HttpRequest request) {
    return request.method() + " " + request.uri() + " " + request.version();
  }

  static String line(HttpResponse response) {
    return response.version() + " " + response.status() + " " + response.reason();
  }

  static String read(BufferIterator current) {
    SubBuffer rest = current.peekAvailable();
    return rest == null ? "" : new String(rest.toByteArray(), ISO_8859_1);
  }

  static Conversation conversation() {
    return Conversation.between("10.0.0.1:40000", "10.0.0.2:80").handshake();
  }

  HttpFixture see(Conversation conversation) {
    tcp.feed(conversation.frames());
    return this;
  }

  List<String> alerts() {
    return tcp.alerts.stream().map(Alert::description).toList();
  }

  /** Returns what the other end has received, in the order of sequence numbers. */
  String delivered(Direction direction) {
    return new String(Delivered.stream(tcp.sent, direction), ISO_8859_1);
  }
}
