package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.dissector.tcp.TcpLayout;
import dev.tiaki.dissector.tcp.TcpPacket;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.packet.DropOrigin;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.stream.SequenceNumber;
import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.WorkerContext;

/**
 * The states of a connection as somebody in the middle follows them.
 *
 * <p>The states are Haka's. Unless compatibility asks for its strictness, packets that a stack
 * would understand are let through: repeated SYNs, a simultaneous open, answers to a half-open
 * connection, data behind a lost ACK, data after the other side's FIN.
 */
final class ConnectionStates {
  private static final String ESTABLISHMENT = "invalid tcp establishement handshake";
  private static final String TERMINATION = "invalid tcp termination handshake";
  private static final DropOrigin OUT_OF_WINDOW =
      DropOrigin.of("tcp_connection: bytes outside the window");
  private static final DropOrigin RESET_OUT_OF_WINDOW =
      DropOrigin.of("tcp_connection: reset outside the window");
  private static final int MAX_WINDOW_SHIFT = 14; // RFC 7323 section 2.3

  private final TcpConnectionDissector dissector;
  private final DataPath data;
  private final boolean haka;
  private final boolean observing;
  private final boolean windowChecks;
  private final Counter refusedResets;
  private final Counter outOfWindow;

  ConnectionStates(
      TcpConnectionDissector dissector, WorkerContext context, TcpConnectionSettings settings) {
    this.dissector = dissector;
    this.data = dissector.data();
    this.haka = context.mode().hakaCompatible();
    this.observing = data.isObserving();
    this.windowChecks = settings.windowChecks() && !observing && !haka;
    refusedResets = context.counters().counter("tcp.refusedResets", "RSTs outside the window");
    outOfWindow = context.counters().counter("tcp.outOfWindow", "TCP segments outside the window");
  }

  /** Processes a packet of {@code flow}: changes the state and sends, holds or drops it. */
  void step(TcpFlow flow, Direction direction, TcpPacket tcp) {
    int flags = tcp.flags();
    if (flow.state() == TcpState.ESTABLISHED
        && (flags & (TcpLayout.SYN | TcpLayout.RST | TcpLayout.FIN)) == 0) {
      established(flow, direction, tcp);
    } else if ((flags & TcpLayout.RST) != 0) {
      reset(flow, direction, tcp);
    } else {
      switch (flow.state()) {
        case SYN -> syn(flow, direction, tcp);
        case SYN_SENT -> synSent(flow, direction, tcp);
        case SYN_RECEIVED -> synReceived(flow, direction, tcp);
        default -> synchronised(flow, direction, tcp);
      }
    }
  }

  private void established(TcpFlow flow, Direction direction, TcpPacket tcp) {
    if (note(flow, direction, tcp)) {
      data.receive(flow, direction, tcp);
    }
  }

  /** Notes what the packet says about the other direction; false when it was refused. */
  private boolean note(TcpFlow flow, Direction direction, TcpPacket tcp) {
    if (windowChecks && isOutOfWindow(flow, direction, tcp)) {
      outOfWindow.increment();
      tcp.packet().blame(OUT_OF_WINDOW);
      tcp.drop(DropReason.POLICY);
      return false;
    }
    if (tcp.has(TcpLayout.ACK)) {
      int shift = Math.max(0, flow.half(direction).windowShift);
      data.sender().note(flow.half(direction.opposite()), tcp, shift);
    }
    return true;
  }

  /**
   * RFC 9293 section 3.10.7.4, as far as the window is known. Data that is next is let through
   * whatever the window: it misleads nobody, and the ACKs that open the window may go another way.
   */
  private static boolean isOutOfWindow(TcpFlow flow, Direction direction, TcpPacket tcp) {
    TcpHalf half = flow.half(direction);
    if (flow.isMidstream() || !half.acknowledged || tcp.receivedPayloadLength() == 0) {
      return false;
    }
    if (SequenceNumber.isAtOrBefore(DataPath.firstByte(tcp), half.next)) {
      return false;
    }
    int output = half.toOutputStart(DataPath.firstByte(tcp));
    int room = SequenceNumber.distance(half.outputAcknowledged, half.outputWindowEnd);
    // one window more: the receiver's latest ACK may not have passed here yet
    return SequenceNumber.distance(half.outputWindowEnd, output) > Math.max(room, 1 << 16);
  }

  private void syn(TcpFlow flow, Direction direction, TcpPacket tcp) {
    open(flow.half(direction), tcp);
    flow.setState(TcpState.SYN_SENT);
    forwardOpening(flow, direction, tcp);
  }

  private static void open(TcpHalf half, TcpPacket tcp) {
    half.start(tcp.sequence() + 1);
    half.windowShift = Math.min(tcp.options().windowScale(), MAX_WINDOW_SHIFT);
    half.maxSegmentBytes = Math.max(0, tcp.options().maximumSegmentSize());
  }

  /** Sends a SYN on, with the data it may carry (RFC 7413). */
  private void forwardOpening(TcpFlow flow, Direction direction, TcpPacket tcp) {
    if (tcp.receivedPayloadLength() > 0 && !haka) {
      data.receive(flow, direction, tcp);
    } else {
      data.sender().forward(flow, direction, tcp);
    }
  }

  private void synSent(TcpFlow flow, Direction direction, TcpPacket tcp) {
    boolean syn = tcp.has(TcpLayout.SYN);
    boolean ack = tcp.has(TcpLayout.ACK);
    if (direction == Direction.DOWN && syn && (ack || !haka)) {
      answered(flow, tcp);
    } else if (direction == Direction.UP && syn) {
      repeatedSyn(flow, tcp);
    } else if (haka || isUnexplained(direction, tcp)) {
      unexpected(flow, direction, tcp, ESTABLISHMENT);
    } else if (observing) {
      beginWithoutAnswer(flow, direction, tcp);
    } else {
      // an end that still knows an older connection answers a SYN with an ACK, RFC 9293 3.5.1
      tcp.send();
    }
  }

  private boolean isUnexplained(Direction direction, TcpPacket tcp) {
    boolean data = tcp.receivedPayloadLength() > 0 || tcp.has(TcpLayout.FIN);
    return !observing && (data || direction == Direction.UP);
  }

  private void answered(TcpFlow flow, TcpPacket tcp) {
    TcpHalf up = flow.half(Direction.UP);
    TcpHalf down = flow.half(Direction.DOWN);
    if (!haka && tcp.has(TcpLayout.ACK) && isStale(up, tcp)) {
      tcp.send();
      return;
    }
    open(down, tcp);
    if (up.windowShift < 0 || down.windowShift < 0) {
      up.windowShift = 0;
      down.windowShift = 0;
    }
    flow.setState(TcpState.SYN_RECEIVED);
    if (note(flow, Direction.DOWN, tcp)) {
      forwardOpening(flow, Direction.DOWN, tcp);
    }
  }

  /** An answer to another SYN than the one that was seen; the initiator will refuse it. */
  private static boolean isStale(TcpHalf up, TcpPacket tcp) {
    int ack = tcp.acknowledgment();
    return SequenceNumber.isBefore(ack, up.base) || SequenceNumber.isAfter(ack, up.next);
  }

  private void repeatedSyn(TcpFlow flow, TcpPacket tcp) {
    if (haka || tcp.sequence() + 1 == flow.half(Direction.UP).base) {
      forwardOpening(flow, Direction.UP, tcp);
    } else {
      dissector.opening().reopen(flow, tcp);
    }
  }

  private void beginWithoutAnswer(TcpFlow flow, Direction direction, TcpPacket tcp) {
    flow.establish();
    synchronised(flow, direction, tcp);
  }

  private void synReceived(TcpFlow flow, Direction direction, TcpPacket tcp) {
    boolean syn = tcp.has(TcpLayout.SYN);
    boolean ack = tcp.has(TcpLayout.ACK);
    if (direction == Direction.UP && ack && !(syn && haka)) {
      flow.establish();
      synchronised(flow, direction, tcp);
    } else if (direction == Direction.UP && tcp.has(TcpLayout.FIN)) {
      synchronised(flow, direction, tcp);
    } else if (syn && (ack || !haka)) {
      synAgain(flow, direction, tcp);
    } else if (haka) {
      unexpected(flow, direction, tcp, ESTABLISHMENT);
    } else {
      // data behind an ACK that was lost on the way here
      synchronised(flow, direction, tcp);
    }
  }

  /** A packet of a connection whose both ends know each other, with or without FIN. */
  private void synchronised(TcpFlow flow, Direction direction, TcpPacket tcp) {
    if (tcp.has(TcpLayout.SYN) && !haka) {
      synAgain(flow, direction, tcp);
      return;
    }
    if (haka && isRefusedAtTheEnd(flow, direction, tcp)) {
      return;
    }
    if (!note(flow, direction, tcp)) {
      return;
    }
    boolean before = flow.half(direction).finished;
    boolean ack = tcp.has(TcpLayout.ACK);
    boolean fin = tcp.has(TcpLayout.FIN);
    data.receive(flow, direction, tcp);
    if (flow.state() == TcpState.RESET || flow.state() == TcpState.CLOSED) {
      return;
    }
    if (!before && flow.half(direction).finished) {
      finished(flow, direction, ack);
    } else {
      closing(flow, direction, ack, fin);
    }
  }

  private void finished(TcpFlow flow, Direction direction, boolean ack) {
    switch (flow.state()) {
      case SYN_RECEIVED, ESTABLISHED -> {
        flow.established = true;
        flow.closer = direction;
        flow.setState(TcpState.FIN_WAIT_1);
        // the other side's FIN may have waited for data until now
        if (flow.half(direction.opposite()).finished) {
          flow.setState(TcpState.CLOSING);
        }
      }
      case FIN_WAIT_1 -> {
        if (ack) {
          flow.setState(TcpState.CLOSING);
        } else {
          dissector.teardown().enterTimedWait(flow);
        }
      }
      case FIN_WAIT_2 -> dissector.teardown().enterTimedWait(flow);
      default -> {}
    }
  }

  private void closing(TcpFlow flow, Direction direction, boolean ack, boolean fin) {
    boolean fromCloser = direction == flow.closer;
    if (flow.state() == TcpState.FIN_WAIT_1 && !fromCloser && ack && !fin) {
      if (haka || flow.half(flow.closer).isFinAcknowledged()) {
        flow.setState(TcpState.FIN_WAIT_2);
      }
    } else if (flow.state() == TcpState.CLOSING && fromCloser && ack) {
      dissector.teardown().enterTimedWait(flow);
    }
  }

  /** Haka's checks of packets after the first FIN. */
  private boolean isRefusedAtTheEnd(TcpFlow flow, Direction direction, TcpPacket tcp) {
    boolean ack = tcp.has(TcpLayout.ACK);
    boolean fin = tcp.has(TcpLayout.FIN);
    boolean fromCloser = direction == flow.closer;
    if (flow.state() == TcpState.TIMED_WAIT && fromCloser && tcp.has(TcpLayout.SYN)) {
      dissector.opening().reopen(flow, tcp);
      return true;
    }
    boolean refused =
        switch (flow.state()) {
          case FIN_WAIT_1 -> !fromCloser && !fin && !ack;
          case FIN_WAIT_2 -> !ack && (fromCloser || !fin);
          case CLOSING -> !ack && (!fromCloser || !fin);
          case TIMED_WAIT -> !ack;
          default -> false;
        };
    if (refused) {
      unexpected(flow, direction, tcp, TERMINATION);
    }
    return refused;
  }

  /** A SYN on a connection that has seen SYNs: a repeated one, or one that opens another. */
  private void synAgain(TcpFlow flow, Direction direction, TcpPacket tcp) {
    TcpHalf half = flow.half(direction);
    boolean same = half.started && tcp.sequence() + 1 == half.base;
    if (!half.started) {
      open(half, tcp);
      forwardOpening(flow, direction, tcp);
    } else if (same) {
      forwardOpening(flow, direction, tcp);
    } else if (tcp.has(TcpLayout.ACK)) {
      otherAnswer(flow, direction, tcp);
    } else if (observing || flow.state().isOver() || flow.isMidstream()) {
      dissector.opening().reopen(flow, tcp);
    } else {
      // RFC 5961 section 4: the end answers with a challenge; only its SYN and ACK prove a restart
      flow.reopening = true;
      flow.reopeningSequence = tcp.sequence();
      tcp.send();
    }
  }

  private void otherAnswer(TcpFlow flow, Direction direction, TcpPacket tcp) {
    if (flow.reopening && tcp.acknowledgment() == flow.reopeningSequence + 1) {
      dissector.opening().reopen(flow, tcp);
    } else {
      data.sender().forward(flow, direction, tcp);
    }
  }

  private void unexpected(TcpFlow flow, Direction direction, TcpPacket tcp, String description) {
    dissector.policies().unexpectedPacket.apply(flow, tcp, description);
    if (haka) {
      tcp.drop(DropReason.POLICY);
      dissector.teardown().fail(flow, DropReason.POLICY);
    } else if (tcp.isValid()) {
      data.sender().forward(flow, direction, tcp);
    }
  }

  private void reset(TcpFlow flow, Direction direction, TcpPacket tcp) {
    TcpHalf half = flow.half(direction);
    if (windowChecks && half.started && half.acknowledged) {
      int output = half.toOutputEnd(tcp.sequence());
      int size = Math.max(1, half.outputWindowEnd - half.outputAcknowledged);
      boolean exact = output == half.outputAcknowledged || output == half.outputSent();
      if (!exact && !SequenceNumber.isInWindow(output, half.outputAcknowledged, size)) {
        refusedResets.increment();
        tcp.packet().blame(RESET_OUT_OF_WINDOW);
        tcp.drop(DropReason.POLICY);
        return;
      }
      if (!exact) {
        // RFC 5961 section 3.2: the end will ask with a challenge ACK
        data.sender().forward(flow, direction, tcp);
        return;
      }
    }
    flow.send(direction);
    if (tcp.isValid()) {
      data.sender().forward(flow, direction, tcp);
    }
    dissector.teardown().aborted(flow);
  }
}
