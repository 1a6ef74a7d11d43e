package dev.tiaki.dissector.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tiaki.dissector.packet.FlowDissectors;
import dev.tiaki.dissector.tcpconnection.StreamDissector;
import dev.tiaki.dissector.tcpconnection.TcpConnectionDissector;
import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.alert.AlertContext;
import dev.tiaki.engine.event.ListenerScope;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.log.LogSection;
import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.Counters;
import dev.tiaki.engine.worker.WorkerContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** HTTP/1.x of one worker: reads connections that it is installed on. */
public final class HttpDissector {
  /** The name of the dissector. */
  public static final String NAME = "http";

  /** The port whose connections are read when nothing else is said. */
  public static final int PORT = 80;

  private static final String TLS = "tls";

  private final WorkerContext context;
  private final HttpSettings settings;
  private final HttpEvents events = new HttpEvents();
  private final HeadWorkspaces workspaces;
  private final Framing framing = new Framing();
  private final LogSection grammarLog;
  private final Counter requests;
  private final Counter responses;
  private final Counter exchanges;
  private final Counter anomalies;
  private final Counter lost;
  private final Counter truncated;
  private final Counter tunnels;
  private final Counter detected;
  private @Nullable FlowDissectors<TcpFlow, StreamDissector> applications;
  private boolean deciding;
  private boolean detects;

  /** Makes the dissector of one worker, on no connection yet. */
  public HttpDissector(WorkerContext context, HttpSettings settings) {
    this.context = context;
    this.settings = settings;
    // only what Haka accepted in a request line is accepted in its place
    this.workspaces = new HeadWorkspaces(context.mode().hakaCompatible());
    this.grammarLog = context.log().section("grammar");
    Counters counters = context.counters();
    requests = counters.counter("http.requests", "HTTP requests");
    responses = counters.counter("http.responses", "HTTP responses");
    exchanges = counters.counter("http.exchanges", "HTTP requests with a final response");
    anomalies = counters.counter("http.anomalies", "ambiguous HTTP messages");
    lost = counters.counter("http.lost", "HTTP connections that could not be read on");
    truncated = counters.counter("http.truncated", "HTTP bodies that ended too early");
    detected = counters.counter("http.detected", "HTTP connections known by their first data");
    tunnels = counters.counter("http.tunnels", "HTTP connections that changed protocol");
  }

  /** Lets rules select HTTP on connections, and has the ends of connections told to it. */
  public void register(TcpConnectionDissector connections) {
    applications = connections.applications();
    applications.add(NAME, this::open);
    connections
        .events()
        .endConnection()
        .add(flow -> {
          if (flow.nextDissector() instanceof HttpFlow http) {
            http.ended();
          }
        });
  }

  /**
   * Reads connections to any other port too whose first data are a request, from now on; what else
   * would be asked for their protocol comes first.
   */
  public void detect(TcpConnectionDissector connections) {
    if (detects) {
      return;
    }
    ListenerScope.replaced(false, true, on -> detects = on);
    detects = true;
    connections
        .events()
        .detectProtocol()
        .add((flow, stream, current, direction) -> {
          if (flow.nextDissector() == null && direction == Direction.UP) {
            begin(flow, RequestStart.of("", current));
          }
        });
  }

  private void begin(TcpFlow flow, RequestStart.Answer answer) {
    if (answer == RequestStart.Answer.REQUEST) {
      found(flow);
    } else if (answer == RequestStart.Answer.UNDECIDED) {
      flow.setNextDissector(new HttpBeginning(this));
    }
  }

  /** Has a connection read from now on that was known by its first data. */
  HttpFlow found(TcpFlow flow) {
    detected.increment();
    HttpFlow http = open(flow);
    flow.setNextDissector(http);
    return http;
  }

  /** Has TLS read a connection behind {@code CONNECT}, where it takes part. */
  void handOver(TcpFlow flow) {
    StreamDissector next = applications == null ? null : applications.open(TLS, flow);
    if (next != null) {
      flow.setNextDissector(next);
    }
  }

  /** Returns the events of HTTP. */
  public HttpEvents events() {
    return events;
  }

  /** Returns what reads {@code flow} as HTTP once it is the protocol on top. */
  public HttpFlow open(TcpFlow flow) {
    return new HttpFlow(this, flow);
  }

  /** Returns the bounds. */
  public HttpSettings settings() {
    return settings;
  }

  HeadWorkspaces workspaces() {
    return workspaces;
  }

  /** Returns what reads framing headers; its result holds until the next head. */
  Framing framing() {
    return framing;
  }

  boolean isReadOnly() {
    return context.mode().readOnlyBuffers();
  }

  /**
   * Has what cannot be read, or may be read in two ways, raise alerts and be dropped. Until then
   * HTTP is only read, for whoever keeps a record of it.
   */
  public void decide() {
    deciding = true;
  }

  /** Tells whether what cannot be read is dropped; while only observing it is not. */
  boolean drops() {
    return deciding && (context.mode().enforcing() || context.mode().hakaCompatible());
  }

  long nowNanos() {
    return context.time().nanos();
  }

  Counter requests() {
    return requests;
  }

  Counter responses() {
    return responses;
  }

  Counter exchanges() {
    return exchanges;
  }

  Counter anomalies() {
    return anomalies;
  }

  Counter lost() {
    return lost;
  }

  Counter truncated() {
    return truncated;
  }

  Counter tunnels() {
    return tunnels;
  }

  void logSyntax(SyntaxError error, byte[] bytes) {
    if (!deciding) {
      return;
    }
    grammarLog.debug(error.toString());
    grammarLog.debug("parse error context: " + escaped(bytes) + "...");
  }

  private static String escaped(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (char c : new String(bytes, ISO_8859_1).toCharArray()) {
      if (c >= ' ' && c < 0x7f) {
        text.append(c);
      } else {
        text.append("\\x").append(Character.forDigit(c >> 4, 16));
        text.append(Character.forDigit(c & 0xf, 16));
      }
    }
    return text.toString();
  }

  void alert(TcpFlow flow, String description) {
    if (!deciding) {
      return;
    }
    AlertContext.FlowAddresses ends =
        new AlertContext.FlowAddresses(
            flow.sourceAddress().toString(),
            flow.sourcePort(),
            flow.destinationAddress().toString(),
            flow.destinationPort(),
            "TCP");
    context
        .alerts()
        .post(
            Alert.ofProtocol(
                context.alertIds().next(),
                nowNanos(),
                description,
                List.of(),
                List.of(),
                new AlertContext(0, flow.id(), null, null, ends)));
  }
}
