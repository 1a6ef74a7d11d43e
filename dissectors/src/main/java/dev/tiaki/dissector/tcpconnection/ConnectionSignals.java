package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.dissector.packet.RuleErrors;
import dev.tiaki.dissector.tcp.TcpPacket;
import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.BufferStream;
import dev.tiaki.engine.event.EventPoint;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.engine.rule.RuleFailure;
import org.jspecify.annotations.Nullable;

/**
 * Tells the listeners of each event what happened to a connection, one after the other, for as long
 * as there is something left to decide about. A listener that fails does not keep the next from
 * being asked, unless what is done about failures ended the connection.
 */
final class ConnectionSignals {
  /** What is done about a listener that fails. */
  interface FailureHandler {
    void failed(RuleFailure failure, TcpFlow flow, @Nullable TcpPacket tcp);
  }

  private final TcpConnectionEvents events;
  private final RuleErrors errors;
  private final FailureHandler failures;

  ConnectionSignals(TcpConnectionEvents events, RuleErrors errors, FailureHandler failures) {
    this.events = events;
    this.errors = errors;
    this.failures = failures;
  }

  /** A connection was opened by this packet; false when nothing is left to decide. */
  boolean opened(TcpFlow flow, TcpPacket tcp) {
    for (int i = 0; i < events.newConnection().size() && isGoing(flow, tcp); i++) {
      try {
        events.newConnection().get(i).newConnection(flow, tcp);
      } catch (RuleFailure failure) {
        failures.failed(failure, flow, tcp);
      }
    }
    return isGoing(flow, tcp);
  }

  private static boolean isGoing(TcpFlow flow, TcpPacket tcp) {
    return flow.canContinue() && tcp.isValid();
  }

  /** A packet of a connection came; false when it is not to be looked at any further. */
  boolean packet(TcpFlow flow, TcpPacket tcp, Direction direction) {
    if (events.receivePacket().isEmpty()) {
      return true;
    }
    for (int i = 0; i < events.receivePacket().size() && !flow.muted; i++) {
      try {
        events.receivePacket().get(i).receivePacket(flow, tcp, direction);
      } catch (RuleFailure failure) {
        failures.failed(failure, flow, tcp);
      }
      if (!tcp.isValid() || (!flow.canContinue() && !flow.muted)) {
        tcp.drop(DropReason.RULE);
        return false;
      }
    }
    tcp.commit();
    return true;
  }

  /** Data came; false when nothing may be sent any more. */
  boolean data(
      TcpFlow flow,
      BufferStream stream,
      BufferIterator at,
      Direction direction,
      @Nullable TcpPacket tcp) {
    return data(events.receiveData(), flow, stream, at, direction, tcp);
  }

  /** The first data of a direction came: who knows the protocol? False as in {@link #data}. */
  boolean beginning(
      TcpFlow flow,
      BufferStream stream,
      BufferIterator at,
      Direction direction,
      @Nullable TcpPacket tcp) {
    TcpHalf half = flow.half(direction);
    if (half.detected || at.available(1) == 0) {
      return true;
    }
    half.detected = true;
    return data(events.detectProtocol(), flow, stream, at, direction, tcp);
  }

  private boolean data(
      EventPoint<ReceiveDataListener> event,
      TcpFlow flow,
      BufferStream stream,
      BufferIterator at,
      Direction direction,
      @Nullable TcpPacket tcp) {
    for (int i = 0; i < event.size() && flow.canContinue() && !flow.bypassed; i++) {
      try {
        event.get(i).receiveData(flow, stream, at, direction);
      } catch (RuleFailure failure) {
        failures.failed(failure, flow, tcp);
      }
    }
    return flow.canContinue();
  }

  /** A connection ended, which is told once; {@code tcp} is the packet that ended it, if any. */
  void ended(TcpFlow flow, @Nullable TcpPacket tcp) {
    if (flow.endSignalled) {
      return;
    }
    flow.endSignalled = true;
    for (int i = 0; i < events.endConnection().size() && !flow.muted; i++) {
      try {
        events.endConnection().get(i).endConnection(flow);
      } catch (RuleFailure failure) {
        errors.report(failure, tcp == null ? null : tcp.packet());
      } catch (RuleAbort abort) {
        // nothing is left to stop
      }
    }
  }
}
