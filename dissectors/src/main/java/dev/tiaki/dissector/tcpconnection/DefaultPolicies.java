package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.dissector.tcp.TcpPacket;
import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.alert.AlertContext;
import dev.tiaki.engine.alert.AlertNode;
import dev.tiaki.engine.packet.DropOrigin;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.worker.WorkerContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Haka's defaults: an alert and a drop. When only observing, the packet goes on. */
final class DefaultPolicies {
  private static final String NO_CONNECTION = "no connection found for tcp packet";
  private static final String UNEXPECTED = "unexpected tcp packet";

  private static final DropOrigin BY_NO_CONNECTION =
      DropOrigin.of("policy no_connection_found of tcp_connection");
  private static final DropOrigin BY_UNEXPECTED =
      DropOrigin.of("policy unexpected_packet of tcp_connection");

  private final WorkerContext context;
  private final boolean drops;

  DefaultPolicies(WorkerContext context) {
    this.context = context;
    this.drops = context.mode().enforcing() || context.mode().hakaCompatible();
  }

  void noConnectionFound(TcpPacket tcp) {
    post(tcp, 0, "low", NO_CONNECTION);
    drop(tcp, BY_NO_CONNECTION);
  }

  void unexpectedPacket(TcpFlow flow, TcpPacket tcp, @Nullable String description) {
    post(tcp, flow.id(), null, description == null ? UNEXPECTED : description);
    drop(tcp, BY_UNEXPECTED);
  }

  private void drop(TcpPacket tcp, DropOrigin policy) {
    if (drops) {
      tcp.packet().blame(policy);
      tcp.drop(DropReason.POLICY);
    }
  }

  private void post(TcpPacket tcp, long flowId, @Nullable String severity, String description) {
    String source = tcp.ip().source().toString();
    String destination = tcp.ip().destination().toString();
    context
        .alerts()
        .post(
            new Alert(
                context.alertIds().next(),
                false,
                context.time().nanos(),
                null,
                null,
                severity,
                null,
                null,
                description,
                null,
                end(source, tcp.sourcePort()),
                end(destination, tcp.destinationPort()),
                List.of(),
                new AlertContext(
                    tcp.packet().number(),
                    flowId,
                    null,
                    null,
                    new AlertContext.FlowAddresses(
                        source, tcp.sourcePort(), destination, tcp.destinationPort(), "TCP"))));
  }

  private static List<AlertNode> end(String address, int port) {
    return List.of(AlertNode.address(address), AlertNode.service("tcp/" + port));
  }
}
