package dev.tiaki.dissector.http;

import dev.tiaki.dissector.tcpconnection.EndedProtocol;
import dev.tiaki.dissector.tcpconnection.StreamDissector;
import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.BufferStream;
import dev.tiaki.engine.event.EventPoint;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.engine.rule.RuleFailure;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** HTTP on one connection: which response answers which request, and what rules see of them. */
public final class HttpFlow implements StreamDissector {
  private static final EndedProtocol ENDED = new EndedProtocol(HttpDissector.NAME);
  private static final String CONNECTED = "connect";
  private static final int CONTINUE = 100;
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int FIRST_FINAL = 200;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;
  private static final int FIRST_NOT_SUCCESSFUL = 300;

  private final HttpDissector dissector;
  private final TcpFlow flow;
  private final MessageReader up;
  private final MessageReader down;
  private final ArrayDeque<HttpExchange> waiting = new ArrayDeque<>(2);
  private @Nullable HttpRequest request;
  private @Nullable HttpResponse response;
  private @Nullable HttpExchange sending;
  private long requests;
  private boolean interim;
  private boolean modification;
  private boolean tunnel;
  private @Nullable String tunnelProtocol;
  private @Nullable Object scriptData;

  HttpFlow(HttpDissector dissector, TcpFlow flow) {
    this.dissector = dissector;
    this.flow = flow;
    this.up = new MessageReader(this, Direction.UP);
    this.down = new MessageReader(this, Direction.DOWN);
  }

  /** Returns the connection. */
  public TcpFlow flow() {
    return flow;
  }

  /** Returns the request that the response in sight answers, or else the last complete one. */
  public @Nullable HttpRequest request() {
    return request;
  }

  /** Returns the last complete response, until the next request is complete; else null. */
  public @Nullable HttpResponse response() {
    return response;
  }

  /** Returns {@code request}, {@code response} or {@code connect}: what is waited for. */
  public String state() {
    if (tunnel) {
      return "connect";
    }
    return waiting.isEmpty() ? "request" : "response";
  }

  /**
   * Lets rules change the size of the body of the message whose event is being signalled: it goes
   * on in chunks, or with a length that fits.
   */
  public void enableDataModification() {
    modification = true;
  }

  /** Returns what rules attached, or null. */
  public @Nullable Object scriptData() {
    return scriptData;
  }

  /** Attaches something to HTTP on this connection. */
  public void setScriptData(@Nullable Object data) {
    scriptData = data;
  }

  HttpDissector dissector() {
    return dissector;
  }

  boolean isOver() {
    return !flow.canContinue();
  }

  @Override
  public void receive(
      TcpFlow of, BufferStream stream, BufferIterator current, Direction direction) {
    BufferIterator at = current.copy();
    (direction == Direction.UP ? up : down).read(at, stream.isFinished());
    if (isOver()) {
      return;
    }
    StreamDissector next = flow.nextDissector();
    if (tunnel && next != null && next != this && at.available(1) > 0) {
      next.receive(of, stream, at, direction);
    } else {
      flow.send(direction);
    }
  }

  /** Begins with octets that have left before it was known that they are a request's. */
  void resume(byte[] left) {
    up.resume(left);
  }

  @Override
  public StreamDissector remains() {
    return ENDED;
  }

  /**
   * A message begins: responses must have been asked for. Where the beginning of the connection was
   * not seen, the request may have been before it.
   */
  boolean claim(boolean ofRequest) {
    if (ofRequest || !waiting.isEmpty() || flow.isMidstream() || tunnel) {
      return true;
    }
    dissector.alert(flow, "http: unexpected data from server");
    if (dissector.drops()) {
      flow.drop();
      return false;
    }
    return true;
  }

  BodyKind requestHead(
      @Nullable HttpRequest made, byte[] head, HeadFields fields, Framing framing) {
    dissector.requests().increment();
    boolean http10 = isHttp10(head, fields, 2);
    HttpExchange exchange =
        new HttpExchange(
            requests++, HttpExchange.kindOf(head, fields), http10, made, dissector.nowNanos());
    BodyKind body =
        framing.isChunked()
            ? BodyKind.CHUNKED
            : framing.hasLength() ? BodyKind.LENGTH : BodyKind.NONE;
    waiting.add(exchange);
    sending = exchange;
    if (waiting.size() > dissector.settings().maxWaitingRequests()) {
      anomaly(HttpAnomaly.TOO_MANY_REQUESTS, Direction.UP);
      if (!isOver()) {
        waiting.poll();
      }
    }
    modification = false;
    if (made != null) {
      signal(dissector.events().request(), listener -> listener.request(this, made));
    }
    return body;
  }

  BodyKind responseHead(
      @Nullable HttpResponse made, byte[] head, HeadFields fields, Framing framing) {
    dissector.responses().increment();
    HttpExchange exchange = waiting.peek();
    int status = status(head, fields);
    interim = status >= CONTINUE && status < FIRST_FINAL && status != SWITCHING_PROTOCOLS;
    BodyKind body = bodyOfResponse(status, exchange, framing);
    modification = false;
    if (exchange != null && exchange.request() != null) {
      request = exchange.request();
    }
    if (made != null) {
      if (exchange != null && !interim) {
        exchange.answered(made);
      }
      signal(dissector.events().response(), listener -> listener.response(this, made));
    }
    if (body == BodyKind.TUNNEL && !isOver()) {
      openTunnel(status, made);
    }
    return body;
  }

  private static BodyKind bodyOfResponse(
      int status, @Nullable HttpExchange exchange, Framing framing) {
    HttpExchange.Kind kind = exchange == null ? HttpExchange.Kind.ORDINARY : exchange.kind();
    if (status == SWITCHING_PROTOCOLS
        || (kind == HttpExchange.Kind.CONNECT
            && status >= FIRST_FINAL
            && status < FIRST_NOT_SUCCESSFUL)) {
      return BodyKind.TUNNEL;
    }
    if (kind == HttpExchange.Kind.HEAD
        || status < FIRST_FINAL
        || status == NO_CONTENT
        || status == NOT_MODIFIED) {
      return BodyKind.NONE;
    }
    if (framing.isChunked()) {
      return BodyKind.CHUNKED;
    }
    return framing.hasLength() && !framing.isEncoded() ? BodyKind.LENGTH : BodyKind.UNTIL_CLOSE;
  }

  private static int status(byte[] head, HeadFields fields) {
    int at = fields.lineStart(1);
    return 100 * (head[at] - '0') + 10 * (head[at + 1] - '0') + head[at + 2] - '0';
  }

  private static boolean isHttp10(byte[] head, HeadFields fields, int versionPart) {
    int from = fields.lineStart(versionPart);
    return fields.lineEnd(versionPart) - from == 3 && head[from] == '1' && head[from + 2] == '0';
  }

  private void openTunnel(int status, @Nullable HttpResponse made) {
    tunnel = true;
    up.stop();
    down.stop();
    HttpText upgrade = made == null ? null : made.headers().get("upgrade");
    String protocol =
        status == SWITCHING_PROTOCOLS && upgrade != null ? upgrade.toString() : CONNECTED;
    tunnelProtocol = protocol;
    dissector.tunnels().increment();
    signal(dissector.events().upgrade(), listener -> listener.upgrade(this, protocol));
    if (!isOver() && protocol.equals(CONNECTED) && flow.nextDissector() == this) {
      dissector.handOver(flow);
      if (flow.nextDissector() != this) {
        ended();
      }
    }
  }

  /** Returns what the connection changed to, or null while it speaks HTTP. */
  public @Nullable String tunnelProtocol() {
    return tunnelProtocol;
  }

  void requestComplete(@Nullable HttpRequest done) {
    if (waiting.size() <= 1) {
      request = done;
      response = null;
    }
    sending = null;
  }

  void responseComplete(@Nullable HttpResponse done) {
    response = done;
    if (!interim) {
      HttpExchange exchange = waiting.poll();
      if (exchange != null) {
        dissector.exchanges().increment();
        signalExchange(exchange);
      }
    }
  }

  private void signalExchange(HttpExchange exchange) {
    if (exchange.request() != null) {
      signal(dissector.events().exchange(), listener -> listener.exchange(this, exchange));
    }
  }

  /** Says that nothing more of the connection is read here: what still waits was not answered. */
  void ended() {
    for (HttpExchange exchange = waiting.poll(); exchange != null; exchange = waiting.poll()) {
      HttpExchange unanswered = exchange;
      EventPoint<HttpListener.OnExchange> event = dissector.events().exchange();
      for (int i = 0; i < event.size() && unanswered.request() != null; i++) {
        event.get(i).exchange(this, unanswered);
      }
    }
  }

  void countBody(boolean ofRequest, int bytes) {
    HttpExchange exchange = ofRequest ? sending : waiting.peek();
    if (exchange != null) {
      exchange.addBody(ofRequest, bytes);
    }
  }

  /** Tells whether the message whose event was just signalled may change its size. */
  boolean takesModification() {
    boolean taken = modification;
    modification = false;
    return taken;
  }

  /** Tells whether who reads {@code message} understands chunks. */
  boolean knowsChunks(HttpMessage message) {
    HttpExchange exchange = waiting.peek();
    boolean oldReader = message instanceof HttpResponse && exchange != null && exchange.isHttp10();
    return !oldReader && !message.version().equalsIgnoreCase("1.0");
  }

  void signalData(HttpBody body, BufferIterator current, boolean ofRequest) {
    HttpEvents events = dissector.events();
    Direction direction = ofRequest ? Direction.UP : Direction.DOWN;
    signal(events.receiveData(), listener -> listener.data(this, body, current.copy(), direction));
    if (!isOver()) {
      signal(
          ofRequest ? events.requestData() : events.responseData(),
          listener -> listener.data(this, body, current.copy(), direction));
    }
  }

  /** Tells rules what is ambiguous; when none decides, the connection is dropped with an alert. */
  public void anomaly(HttpAnomaly anomaly, Direction direction) {
    dissector.anomalies().increment();
    EventPoint<HttpListener.OnAnomaly> event = dissector.events().anomaly();
    if (!event.isEmpty()) {
      signal(event, listener -> listener.anomaly(this, anomaly, direction));
    } else if (anomaly.isAmbiguous() && !flow.isMidstream()) {
      dissector.alert(flow, "http: " + anomaly.description());
      if (dissector.drops()) {
        flow.drop();
      }
    }
  }

  /** What comes cannot be read: an alert in Haka's words, and the connection is dropped. */
  void failed(SyntaxError error, byte[] context) {
    if (flow.isMidstream()) {
      lost();
      return;
    }
    dissector.logSyntax(error, context);
    dissector.alert(flow, "invalid http " + error.rule());
    if (dissector.drops()) {
      flow.drop();
    } else {
      lost();
    }
  }

  /** Reads nothing more of the connection; it goes on. */
  void lost() {
    dissector.lost().increment();
    up.stop();
    down.stop();
  }

  private <L> void signal(EventPoint<L> event, Consumer<L> call) {
    for (int i = 0; i < event.size() && flow.canContinue(); i++) {
      try {
        call.accept(event.get(i));
      } catch (RuleFailure failure) {
        flow.ruleFailed(failure);
      } catch (RuleAbort abort) {
        return;
      }
    }
  }
}
