package dev.tiaki.lua.haka;

import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.dissector.udpconnection.UdpFlow;
import dev.tiaki.engine.alert.AlertContext;
import dev.tiaki.engine.flow.FlowEntry;
import dev.tiaki.engine.packet.DropOrigin;
import dev.tiaki.engine.packet.Packet;
import org.jspecify.annotations.Nullable;

/** Which rule is running, on which packet and connection: what an alert says about its origin. */
final class Situation {
  private final RuleReports reports;

  @Nullable RuleEntry rule;
  @Nullable Packet packet;
  @Nullable FlowEntry flow;

  Situation(RuleReports reports) {
    this.reports = reports;
  }

  RuleReports reports() {
    return reports;
  }

  /** Tells whether the rule that runs, if any, may act; reports what it would do when not. */
  boolean allows(String action) {
    RuleEntry running = rule;
    if (running == null || running.mode() == RuleMode.ENFORCE) {
      return true;
    }
    reports.would(running, action, alertContext());
    return false;
  }

  /** The statement of a rule file's policy that is applied. */
  @Nullable DropOrigin policy;

  /** Returns the rule or policy that is running, or null. */
  @Nullable DropOrigin running() {
    if (policy != null) {
      return policy;
    }
    return rule == null ? null : rule.origin();
  }

  /** Returns where the rule that runs stands, as {@code file:line}, or null. */
  @Nullable String place() {
    RuleEntry running = rule;
    return running == null ? null : running.location();
  }

  AlertContext alertContext() {
    RuleEntry running = rule;
    Packet about = packet;
    FlowEntry connection = flow;
    return new AlertContext(
        about == null ? 0 : about.number(),
        connection == null ? 0 : id(connection),
        running == null ? null : running.name(),
        running == null ? null : running.location(),
        connection == null ? null : addresses(connection));
  }

  private static long id(FlowEntry flow) {
    return switch (flow) {
      case TcpFlow tcp -> tcp.id();
      case UdpFlow udp -> udp.number();
      default -> 0;
    };
  }

  private static AlertContext.FlowAddresses addresses(FlowEntry flow) {
    return new AlertContext.FlowAddresses(
        flow.key().source().toString(),
        flow.key().sourcePort(),
        flow.key().destination().toString(),
        flow.key().destinationPort(),
        flow instanceof UdpFlow ? "UDP" : "TCP");
  }
}
