package dev.tiaki.cli.assembly;

import dev.tiaki.cli.eve.EveEnds;
import dev.tiaki.cli.eve.EvePlace;
import dev.tiaki.cli.eve.EveWriter;
import dev.tiaki.dissector.dns.DnsFlow;
import dev.tiaki.dissector.dns.DnsTransaction;
import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.dissector.tls.TlsFlow;
import dev.tiaki.dissector.udpconnection.UdpFlow;
import dev.tiaki.engine.flow.FlowEntry;
import dev.tiaki.engine.flow.FlowKey;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

/** Makes the EVE records of application protocols: each DNS message, each TLS handshake. */
final class EveApplications {
  private final EveWriter eve;
  private final LongUnaryOperator idInRun;
  private final Supplier<String> capture;

  /**
   * Makes the records of one worker.
   *
   * @param idInRun turns the number of a flow into one that is unique in the run
   * @param capture names the capture that is read
   */
  EveApplications(EveWriter eve, LongUnaryOperator idInRun, Supplier<String> capture) {
    this.eve = eve;
    this.idInRun = idInRun;
    this.capture = capture;
  }

  /** Has every protocol of {@code chain} tell its events. */
  void listen(Chain chain, Supplier<Long> nanos) {
    chain.dns().events().query().add((dns, query) -> dns(dns, query, nanos.get()));
    chain.dns().events().response().add((dns, response, query) -> dns(dns, response, nanos.get()));
    chain.dns().events().unmatched().add((dns, response, none) -> dns(dns, response, nanos.get()));
    chain.tls().events().handshake().add(tls -> tls(tls, nanos.get()));
    chain.tls().detect(chain.connections());
  }

  private void dns(DnsFlow dns, DnsTransaction transaction, long nanos) {
    FlowEntry flow = dns.flow();
    long id = flow instanceof UdpFlow udp ? udp.number() : ((TcpFlow) flow).id();
    boolean reversed = transaction.message().isResponse() && isAsked(flow);
    String protocol = flow instanceof UdpFlow ? "UDP" : "TCP";
    eve.dns(nanos, place(id, flow.key(), reversed, protocol), transaction.message());
  }

  /** Tells whether the responder of the flow is the name server, as far as its port says. */
  private static boolean isAsked(FlowEntry flow) {
    return flow.key().sourcePort() != 53 || flow.key().destinationPort() == 53;
  }

  private void tls(TlsFlow tls, long nanos) {
    TcpFlow flow = tls.flow();
    eve.tls(nanos, place(flow.id(), flow.key(), false, "TCP"), tls);
  }

  private EvePlace place(long id, FlowKey key, boolean reversed, String protocol) {
    FlowKey way = reversed ? key.reversed() : key;
    EveEnds ends =
        new EveEnds(
            way.source().toString(),
            way.sourcePort(),
            way.destination().toString(),
            way.destinationPort(),
            protocol);
    return new EvePlace(capture.get(), 0, idInRun.applyAsLong(id), null, ends, null);
  }
}
