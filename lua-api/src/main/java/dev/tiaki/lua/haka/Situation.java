package dev.tiaki.lua.haka;

import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.engine.alert.AlertContext;
import dev.tiaki.engine.packet.Packet;
import org.jspecify.annotations.Nullable;

/** Which rule is running, on which packet and connection: what an alert says about its origin. */
final class Situation {
  @Nullable RuleEntry rule;
  @Nullable Packet packet;
  @Nullable TcpFlow flow;

  AlertContext alertContext() {
    RuleEntry running = rule;
    Packet about = packet;
    TcpFlow connection = flow;
    return new AlertContext(
        about == null ? 0 : about.number(),
        connection == null ? 0 : connection.id(),
        running == null ? null : running.name(),
        running == null ? null : running.location(),
        connection == null ? null : addresses(connection));
  }

  private static AlertContext.FlowAddresses addresses(TcpFlow flow) {
    return new AlertContext.FlowAddresses(
        flow.sourceAddress().toString(),
        flow.sourcePort(),
        flow.destinationAddress().toString(),
        flow.destinationPort(),
        "TCP");
  }
}
