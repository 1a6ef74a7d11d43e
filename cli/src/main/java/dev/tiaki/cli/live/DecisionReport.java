package dev.tiaki.cli.live;

import dev.tiaki.cli.assembly.EngineWorker;
import dev.tiaki.dissector.tcpconnection.FlowDecidedListener;
import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.alert.AlertContext;
import dev.tiaki.engine.enforcement.Confirmation;
import dev.tiaki.engine.enforcement.FlowDecision;
import dev.tiaki.engine.log.LogSection;
import java.util.List;
import java.util.Locale;

/**
 * Says what was decided about connections: which rule, what, and whether the kernel has taken it
 * over. A connection that passes is only logged, one that is stopped is worth an alert.
 */
final class DecisionReport implements FlowDecidedListener {
  private final EngineWorker worker;
  private final LogSection log;

  DecisionReport(EngineWorker worker) {
    this.worker = worker;
    this.log = worker.context().log().section("kernel");
  }

  @Override
  public void decided(TcpFlow flow, FlowDecision decision, Confirmation confirmation) {
    AlertContext context = worker.situation();
    if (decision.isPassing()) {
      if (log.isDebugEnabled()) {
        log.debug(text(flow, decision, confirmation) + by(context));
      }
      return;
    }
    worker
        .context()
        .alerts()
        .post(
            Alert.ofProtocol(
                worker.context().alertIds().next(),
                worker.context().time().nanos(),
                text(flow, decision, confirmation) + by(context),
                List.of(),
                List.of(),
                withFlow(context, flow)));
  }

  private static AlertContext withFlow(AlertContext context, TcpFlow flow) {
    return new AlertContext(
        context.packetNumber(),
        flow.id(),
        context.rule(),
        context.location(),
        new AlertContext.FlowAddresses(
            flow.sourceAddress().toString(),
            flow.sourcePort(),
            flow.destinationAddress().toString(),
            flow.destinationPort(),
            "TCP"));
  }

  private static String text(TcpFlow flow, FlowDecision decision, Confirmation confirmation) {
    return decision.word()
        + " of "
        + flow.key()
        + ", kernel "
        + confirmation.name().toLowerCase(Locale.ROOT);
  }

  private static String by(AlertContext context) {
    String rule = context.rule();
    String location = context.location();
    if (rule == null && location == null) {
      return "";
    }
    return ", rule " + (rule == null ? "" : "'" + rule + "' ") + "(" + location + ")";
  }
}
