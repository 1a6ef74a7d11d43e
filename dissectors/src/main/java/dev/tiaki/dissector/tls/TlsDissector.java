package dev.tiaki.dissector.tls;

import dev.tiaki.dissector.tcpconnection.TcpConnectionDissector;
import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.alert.AlertContext;
import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.event.EventPoint;
import dev.tiaki.engine.event.ListenerScope;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.WorkerContext;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Dissects the handshake of TLS over TCP, at port 443 and wherever a connection begins with a
 * client hello.
 */
public final class TlsDissector {
  /** The port of HTTP over TLS. */
  public static final int PORT = 443;

  static final String NAME = "tls";
  private static final int HANDSHAKE = 22;

  private final WorkerContext context;
  private final TlsSettings settings;
  private final TlsEvents events = new TlsEvents();
  private final Counter clientHellos;
  private final Counter serverHellos;
  private final Counter malformed;
  private final Counter notTls;
  private final Counter lost;
  private boolean detects;

  /** Makes the dissector of one worker, which stands on no connections yet. */
  public TlsDissector(WorkerContext context, TlsSettings settings) {
    this.context = context;
    this.settings = settings;
    clientHellos = context.counters().counter("tls.clientHellos", "TLS client hellos");
    serverHellos = context.counters().counter("tls.serverHellos", "TLS server hellos");
    malformed = context.counters().counter("tls.malformed", "broken TLS handshakes");
    notTls = context.counters().counter("tls.notTls", "connections at TLS's port that are none");
    lost = context.counters().counter("tls.lost", "TLS handshakes with missing bytes");
  }

  /** Returns the name of the dissector. */
  public String name() {
    return NAME;
  }

  /** Returns the events of TLS. */
  public TlsEvents events() {
    return events;
  }

  /** Stands on connections, where rules and other protocols can select it. */
  public void stand(TcpConnectionDissector connections) {
    connections.applications().add(NAME, this::open);
    connections
        .events()
        .endConnection()
        .add(flow -> {
          if (flow.nextDissector() instanceof TlsFlow tls) {
            tls.end();
          }
        });
  }

  /**
   * Looks for TLS at every port from now on: called when somebody listens. Nothing is expected of
   * port 443, so that what is no TLS there can be known as something else.
   */
  public void detect(TcpConnectionDissector connections) {
    if (!detects) {
      // rules that are loaded anew ask again
      ListenerScope.replaced(false, true, on -> detects = on);
      detects = true;
      connections
          .events()
          .detectProtocol()
          .add((flow, stream, current, direction) -> {
            if (flow.nextDissector() != null) {
              return;
            }
            if (beginsAsTls(current)) {
              flow.setNextDissector(open(flow));
            } else if (flow.destinationPort() == PORT && direction == Direction.UP) {
              notTls.increment();
            }
          });
    }
  }

  private @Nullable TlsFlow open(TcpFlow flow) {
    // who reads a stream holds its packets: not for nobody
    return events.isEmpty() ? null : new TlsFlow(this, flow, settings);
  }

  /** A record of the handshake in a version that there is, as far as can be seen. */
  private static boolean beginsAsTls(BufferIterator current) {
    BufferIterator at = current.copy();
    if (at.read() != HANDSHAKE) {
      return false;
    }
    int major = at.read();
    int minor = at.read();
    at.advance(2);
    int type = at.read();
    return (major == 3 || major < 0) && minor <= 4 && (type == 1 || type == 2 || type < 0);
  }

  void clientHello(TlsFlow tls) {
    clientHellos.increment();
    signal(events.clientHello(), tls, listener -> listener.changed(tls));
  }

  void serverHello(TlsFlow tls) {
    serverHellos.increment();
    signal(events.serverHello(), tls, listener -> listener.changed(tls));
  }

  void certificate(TlsFlow tls) {
    signal(events.certificate(), tls, listener -> listener.changed(tls));
  }

  void finished(TlsFlow tls) {
    // also of a connection that has ended: listeners want to know what was said
    for (int i = 0; i < events.handshake().size(); i++) {
      call(events.handshake().get(i), tls, listener -> listener.changed(tls));
    }
  }

  void lost(TlsFlow tls) {
    lost.increment();
  }

  void malformed(TlsFlow tls, TlsFault fault) {
    if (fault == TlsFault.NOT_TLS) {
      notTls.increment();
      return;
    }
    malformed.increment();
    signal(events.malformed(), tls, listener -> listener.malformed(tls, fault));
    alert(tls.flow(), "tls: " + fault.words());
  }

  private static <L> void signal(EventPoint<L> event, TlsFlow tls, Consumer<L> call) {
    for (int i = 0; i < event.size() && tls.flow().canContinue(); i++) {
      call(event.get(i), tls, call);
    }
  }

  private static <L> void call(L listener, TlsFlow tls, Consumer<L> call) {
    try {
      call.accept(listener);
    } catch (RuleFailure failure) {
      tls.flow().ruleFailed(failure);
    } catch (RuleAbort abort) {
      // a rule that dropped has done so; one that only stopped lets the others' decisions stand
    }
  }

  private void alert(TcpFlow flow, String description) {
    AlertContext where =
        new AlertContext(
            0,
            flow.id(),
            null,
            null,
            new AlertContext.FlowAddresses(
                flow.sourceAddress().toString(),
                flow.sourcePort(),
                flow.destinationAddress().toString(),
                flow.destinationPort(),
                "TCP"));
    context
        .alerts()
        .post(
            Alert.ofProtocol(
                context.alertIds().next(),
                context.time().nanos(),
                description,
                List.of(),
                List.of(),
                where));
  }
}
