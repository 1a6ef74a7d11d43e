package dev.tiaki.dissector.dns;

import dev.tiaki.dissector.tcpconnection.StreamDissector;
import dev.tiaki.dissector.tcpconnection.TcpConnectionDissector;
import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.dissector.udpconnection.UdpConnectionDissector;
import dev.tiaki.dissector.udpconnection.UdpFlow;
import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.alert.AlertContext;
import dev.tiaki.engine.event.EventPoint;
import dev.tiaki.engine.flow.FlowEntry;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.WorkerContext;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Dissects DNS over UDP and TCP: shows each message to the listeners, and ties responses to
 * queries.
 *
 * <p>A response to no query, and what is no message, raise an alert and are dropped; when only
 * observing they pass.
 */
public final class DnsDissector {
  /** The port of name servers. */
  public static final int PORT = 53;

  static final String NAME = "dns";

  private final WorkerContext context;
  private final DnsEvents events = new DnsEvents();
  private final PendingQueries pending;
  private final boolean haka;
  private final boolean drops;
  private final Counter queries;
  private final Counter responses;
  private final Counter unmatched;
  private final Counter malformed;
  private final Counter unfitting;
  private final Counter cut;

  /** Makes the dissector of one worker, which stands on no flows yet. */
  public DnsDissector(WorkerContext context, DnsSettings settings) {
    this.context = context;
    pending = new PendingQueries(context, settings);
    haka = context.mode().hakaCompatible();
    drops = haka || context.mode().enforcing();
    queries = context.counters().counter("dns.queries", "DNS queries");
    responses = context.counters().counter("dns.responses", "DNS responses");
    unmatched = context.counters().counter("dns.unmatched", "DNS responses to no query");
    malformed = context.counters().counter("dns.malformed", "malformed DNS messages");
    unfitting =
        context.counters().counter("dns.unfitting", "DNS records whose data do not fit their type");
    cut = context.counters().counter("dns.cut", "DNS messages that the capture cut");
  }

  /** Returns the name of the dissector. */
  public String name() {
    return NAME;
  }

  /** Returns the events of DNS. */
  public DnsEvents events() {
    return events;
  }

  /** Stands on the flows of UDP and, unless it is Haka's way, TCP, expected at port 53. */
  public void stand(UdpConnectionDissector datagrams, TcpConnectionDissector connections) {
    datagrams.applications().add(NAME, this::onDatagrams);
    datagrams.applications().expect(PORT, NAME);
    datagrams
        .events()
        .endConnection()
        .add(flow -> {
          if (flow.nextDissector() instanceof DnsDatagrams dns) {
            pending.forget(dns.dns());
          }
        });
    connections.applications().add(NAME, this::onStreams);
    if (!haka) {
      connections.applications().expect(PORT, NAME);
    }
    connections
        .events()
        .endConnection()
        .add(flow -> {
          if (flow.nextDissector() instanceof DnsStreams dns) {
            pending.forget(dns.dns());
          }
        });
  }

  private DnsDatagrams onDatagrams(UdpFlow flow) {
    return new DnsDatagrams(this, flow);
  }

  private @Nullable StreamDissector onStreams(TcpFlow flow) {
    // who reads a stream holds its packets: not for nobody
    return isWatched() ? new DnsStreams(this, flow) : null;
  }

  /** Tells whether anybody sees what is read; as Haka does it, responses count even so. */
  boolean isWatched() {
    return haka || !events.isEmpty();
  }

  /** Tells whether what is refused is dropped. */
  boolean drops() {
    return drops;
  }

  Counter cut() {
    return cut;
  }

  /** Returns how many queries wait for their responses. */
  public int pendingQueries() {
    return pending.size();
  }

  /**
   * Counts a message, shows it to the listeners and remembers it if it is a query.
   *
   * @return whether it goes on
   */
  boolean process(DnsFlow dns, DnsTransaction transaction, DnsCarrier carrier) {
    DnsMessage message = transaction.message();
    unfitting.add(message.unfittingRecords());
    if (!message.isResponse()) {
      queries.increment();
      return query(dns, transaction, carrier);
    }
    responses.increment();
    DnsTransaction query = pending.find(dns, message.id());
    if (query == null) {
      return unmatched(dns, transaction, carrier);
    }
    boolean goesOn =
        signal(
            events.response(),
            transaction,
            carrier,
            listener -> listener.response(dns, transaction, query));
    if (!carrier.isStream()) {
      pending.answered(dns, query);
    }
    return goesOn;
  }

  private boolean query(DnsFlow dns, DnsTransaction query, DnsCarrier carrier) {
    boolean goesOn = signal(events.query(), query, carrier, listener -> listener.query(dns, query));
    if (goesOn) {
      pending.add(dns, query);
    }
    return goesOn;
  }

  private boolean unmatched(DnsFlow dns, DnsTransaction response, DnsCarrier carrier) {
    unmatched.increment();
    boolean goesOn =
        signal(
            events.unmatched(),
            response,
            carrier,
            listener -> listener.response(dns, response, null));
    alert(dns, carrier.packet(), "dns: mismatching response");
    return goesOn && !drops;
  }

  /** Counts what is no message and shows it to the listeners. */
  void malformed(DnsFlow dns, DnsParse.Malformed fault, DnsCarrier carrier) {
    malformed.increment();
    if (haka) {
      if (fault.fault() == DnsFault.POINTER) {
        String text =
            "reference unknown domain name at offset: 0x" + Integer.toHexString(fault.offset());
        carrier.ruleFailed(new RuleFailure(text, null, null));
      }
      return;
    }
    for (int i = 0; i < events.malformed().size() && carrier.goesOn(); i++) {
      try {
        events.malformed().get(i).malformed(dns, fault);
      } catch (RuleFailure failure) {
        carrier.ruleFailed(failure);
      }
    }
    alert(dns, carrier.packet(), "dns: malformed message, " + fault.fault().words());
  }

  private static <L> boolean signal(
      EventPoint<L> event, DnsTransaction transaction, DnsCarrier carrier, Consumer<L> call) {
    for (int i = 0; i < event.size(); i++) {
      try {
        call.accept(event.get(i));
      } catch (RuleFailure failure) {
        carrier.ruleFailed(failure);
      }
      if (transaction.isDropped() || !carrier.goesOn()) {
        return false;
      }
    }
    return true;
  }

  private void alert(DnsFlow dns, @Nullable Packet packet, String description) {
    FlowEntry flow = dns.flow();
    AlertContext where =
        new AlertContext(
            packet == null ? 0 : packet.number(),
            flow instanceof TcpFlow tcp ? tcp.id() : ((UdpFlow) flow).number(),
            null,
            null,
            new AlertContext.FlowAddresses(
                flow.key().source().toString(),
                flow.key().sourcePort(),
                flow.key().destination().toString(),
                flow.key().destinationPort(),
                flow instanceof TcpFlow ? "TCP" : "UDP"));
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
