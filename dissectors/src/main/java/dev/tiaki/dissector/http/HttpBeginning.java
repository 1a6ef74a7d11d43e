package dev.tiaki.dissector.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tiaki.dissector.tcpconnection.StreamDissector;
import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.BufferStream;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.flow.Direction;

/**
 * Stands on a connection whose first octets may be a request, until enough of them came to tell.
 * They leave meanwhile: an end that sends single octets may wait for an answer to each.
 */
public final class HttpBeginning implements StreamDissector {
  private final HttpDissector dissector;
  private String seen = "";

  HttpBeginning(HttpDissector dissector) {
    this.dissector = dissector;
  }

  @Override
  public void receive(
      TcpFlow flow, BufferStream stream, BufferIterator current, Direction direction) {
    RequestStart.Answer answer =
        direction == Direction.UP
            ? RequestStart.of(seen, current)
            : RequestStart.Answer.OTHER; // a server that speaks first is none of HTTP
    switch (answer) {
      case REQUEST -> {
        HttpFlow http = dissector.found(flow);
        http.resume(seen.getBytes(ISO_8859_1));
        http.receive(flow, stream, current, direction);
      }
      case OTHER -> giveUp(flow, current, direction);
      case UNDECIDED -> {
        if (stream.isFinished()) {
          giveUp(flow, current, direction);
        } else {
          note(current);
          flow.send(direction);
        }
      }
    }
  }

  private void note(BufferIterator current) {
    SubBuffer fresh = current.peekAvailable();
    if (fresh != null) {
      seen += new String(fresh.toByteArray(), ISO_8859_1);
    }
  }

  private static void giveUp(TcpFlow flow, BufferIterator current, Direction direction) {
    flow.setNextDissector(null);
    flow.offer(current, direction);
  }
}
