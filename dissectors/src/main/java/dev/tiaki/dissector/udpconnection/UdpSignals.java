package dev.tiaki.dissector.udpconnection;

import dev.tiaki.dissector.packet.RuleErrors;
import dev.tiaki.dissector.udp.UdpPacket;
import dev.tiaki.engine.event.EventPoint;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.engine.rule.RuleFailure;

/**
 * Tells the listeners of each event what happened to a UDP flow, one after the other, for as long
 * as flow and packet go on. A listener that fails does not keep the next from being asked, unless
 * what is done about failures ended either.
 */
final class UdpSignals {
  /** What is done about a listener that fails. */
  interface FailureHandler {
    void failed(RuleFailure failure, UdpFlow flow, UdpPacket udp);
  }

  private final UdpConnectionEvents events;
  private final RuleErrors errors;
  private final FailureHandler failures;
  private final FailureHandler openFailures;

  /**
   * Makes what tells the listeners of {@code events}.
   *
   * @param openFailures what is done about one that fails before the flow is followed
   */
  UdpSignals(
      UdpConnectionEvents events,
      RuleErrors errors,
      FailureHandler failures,
      FailureHandler openFailures) {
    this.events = events;
    this.errors = errors;
    this.failures = failures;
    this.openFailures = openFailures;
  }

  /** Tells whether there is something left to decide about. */
  static boolean goesOn(UdpFlow flow, UdpPacket udp) {
    return flow.canContinue() && udp.isValid();
  }

  /** A flow is about to open by this packet. */
  void opening(UdpFlow flow, UdpPacket udp) {
    for (int i = 0; i < events.newConnection().size() && goesOn(flow, udp); i++) {
      try {
        events.newConnection().get(i).newConnection(flow, udp);
      } catch (RuleFailure failure) {
        openFailures.failed(failure, flow, udp);
      }
    }
  }

  /** A packet of a flow came; false when nothing is left to decide. */
  boolean packet(UdpFlow flow, UdpPacket udp, Direction direction) {
    return signal(events.receivePacket(), flow, udp, direction)
        && signal(events.receiveData(), flow, udp, direction)
        && beginning(flow, udp, direction);
  }

  /** The first packet with data came: who knows the protocol? */
  private boolean beginning(UdpFlow flow, UdpPacket udp, Direction direction) {
    if (flow.detected || flow.nextDissector() != null || udp.payloadLength() == 0) {
      return true;
    }
    flow.detected = true;
    return signal(events.detectProtocol(), flow, udp, direction);
  }

  private boolean signal(
      EventPoint<UdpConnectionEvents.PacketListener> event,
      UdpFlow flow,
      UdpPacket udp,
      Direction direction) {
    for (int i = 0; i < event.size(); i++) {
      try {
        event.get(i).packet(flow, udp, direction);
      } catch (RuleFailure failure) {
        failures.failed(failure, flow, udp);
      }
      if (!goesOn(flow, udp)) {
        return false;
      }
    }
    return true;
  }

  /** A flow as a whole is dropped, or would be, at packet {@code number} or 0. */
  void dropped(UdpFlow flow, long number) {
    for (int i = 0; i < events.dropped().size(); i++) {
      events.dropped().get(i).dropped(flow, DropReason.RULE, number);
    }
  }

  /** A flow ended, which is told once. */
  void ended(UdpFlow flow) {
    if (flow.endSignalled) {
      return;
    }
    flow.endSignalled = true;
    for (int i = 0; i < events.endConnection().size(); i++) {
      try {
        events.endConnection().get(i).endConnection(flow);
      } catch (RuleFailure failure) {
        errors.report(failure, null);
      } catch (RuleAbort abort) {
        // nothing is left to stop
      }
    }
  }
}
