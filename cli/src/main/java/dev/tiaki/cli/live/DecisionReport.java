package dev.tiaki.cli.live;

import dev.tiaki.cli.assembly.EngineWorker;
import dev.tiaki.cli.inline.DecidedFlow;
import dev.tiaki.cli.inline.DecidedFlows;
import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.dissector.udpconnection.UdpFlow;
import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.alert.AlertContext;
import dev.tiaki.engine.enforcement.Confirmation;
import dev.tiaki.engine.enforcement.FlowDecision;
import dev.tiaki.engine.flow.FlowKey;
import dev.tiaki.engine.log.LogSection;
import dev.tiaki.netfilter.conntrack.IpProtocol;
import java.util.List;

/**
 * Says what was decided about connections: which rule, what, and whether the kernel has taken it
 * over. A connection that passes is only logged, one that is stopped is worth an alert. All are
 * taken down for {@code tiaki conntrack list}.
 */
final class DecisionReport {
  private final EngineWorker worker;
  private final DecidedFlows decisions;
  private final LogSection log;

  DecisionReport(EngineWorker worker, DecidedFlows decisions) {
    this.worker = worker;
    this.decisions = decisions;
    this.log = worker.context().log().section("kernel");
  }

  void decided(TcpFlow flow, FlowDecision decision, Confirmation confirmation) {
    decided(IpProtocol.TCP, flow.key(), flow.id(), decision, confirmation);
  }

  void decided(UdpFlow flow, FlowDecision decision, Confirmation confirmation) {
    decided(IpProtocol.UDP, flow.key(), flow.id(), decision, confirmation);
  }

  private void decided(
      int protocol, FlowKey key, long id, FlowDecision decision, Confirmation confirmation) {
    AlertContext context = worker.situation();
    DecidedFlow decided =
        decisions.note(
            DecidedFlow.of(
                protocol, key, decision, confirmation, context.rule(), context.location()));
    if (!decision.isPassing()) {
      alert(protocol, key, id, decided, context.packetNumber());
    } else if (log.isDebugEnabled()) {
      log.debug(text(key, decided));
    }
  }

  private void alert(int protocol, FlowKey key, long id, DecidedFlow decided, long packetNumber) {
    worker
        .context()
        .alerts()
        .post(
            Alert.ofProtocol(
                worker.context().alertIds().next(),
                worker.context().time().nanos(),
                text(key, decided),
                List.of(),
                List.of(),
                new AlertContext(
                    packetNumber,
                    id,
                    decided.rule(),
                    decided.location(),
                    addresses(protocol, key),
                    new AlertContext.Decided(decided.action(), decided.kernel()))));
  }

  private static AlertContext.FlowAddresses addresses(int protocol, FlowKey key) {
    return new AlertContext.FlowAddresses(
        key.source().toString(),
        key.sourcePort(),
        key.destination().toString(),
        key.destinationPort(),
        protocol == IpProtocol.TCP ? "TCP" : "UDP");
  }

  private static String text(FlowKey key, DecidedFlow decided) {
    return decided.action() + " of " + key + ", kernel " + decided.kernel() + by(decided);
  }

  private static String by(DecidedFlow decided) {
    String rule = decided.rule();
    String location = decided.location();
    if (rule == null && location == null) {
      return "";
    }
    return ", rule " + (rule == null ? "" : "'" + rule + "' ") + "(" + location + ")";
  }
}
