package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.dissector.tcp.TcpLayout;
import dev.tiaki.dissector.tcp.TcpPacket;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.stream.SentBytes;
import dev.tiaki.engine.stream.SequenceNumber;
import dev.tiaki.engine.time.Timer;
import dev.tiaki.engine.time.TimerWheel;
import org.jspecify.annotations.Nullable;

/**
 * Data that was acknowledged to its sender before its receiver has it.
 *
 * <p>Rules keep data back until they have seen what follows; a sender with a congestion window of
 * one segment sends nothing that follows until it gets an acknowledgement. So it gets one from us,
 * and from then on the data is ours: should it get lost behind us, we send it again.
 */
final class EarlyAcknowledgment extends Timer {
  private static final long FIRST_NANOS = 300_000_000L;
  private static final int MAX_TRIES = 8;
  private static final int SEGMENT_BYTES = 1220; // fits IPv6's smallest MTU, RFC 8200 section 5

  private final TcpFlow flow;
  private final Direction direction;
  private final TcpPacket template;
  private final TimerWheel timers;
  private int end;
  private int tries;

  private EarlyAcknowledgment(
      TcpFlow flow, Direction direction, TcpPacket template, TimerWheel timers) {
    this.flow = flow;
    this.direction = direction;
    this.template = template;
    this.timers = timers;
  }

  /** Acknowledges everything seen in {@code direction} to the sender of {@code tcp}. */
  static void send(TcpFlow flow, Direction direction, TcpPacket tcp, TimerWheel timers) {
    TcpHalf half = flow.half(direction);
    TcpHalf other = flow.half(direction.opposite());
    EarlyAcknowledgment early = half.early;
    if (early == null) {
      TcpPacket template = tcp.dissector().forge(tcp, false);
      early = new EarlyAcknowledgment(flow, direction, template, timers);
      half.early = early;
    }
    early.end = half.next;
    TcpPacket acknowledgment = tcp.dissector().forge(tcp, true);
    acknowledgment.setSequence(other.outputSent());
    acknowledgment.setAcknowledgment(half.next);
    acknowledgment.setFlags(TcpLayout.ACK);
    acknowledgment.setWindow(half.lastWindow);
    acknowledgment.send();
  }

  /** Returns the later one of an acknowledgement and what was acknowledged already. */
  static int atLeast(TcpHalf half, int acknowledgment) {
    EarlyAcknowledgment early = half.early;
    return early == null ? acknowledgment : SequenceNumber.max(early.end, acknowledgment);
  }

  /** Data left towards its receiver: some of it may be ours. */
  void sent(long nowNanos) {
    if (!isArmed() && isMissing()) {
      tries = 0;
      timers.schedule(this, nowNanos + FIRST_NANOS);
    }
  }

  /** The connection is over. */
  void cancel() {
    timers.cancel(this);
  }

  private boolean isMissing() {
    TcpHalf half = flow.half(direction);
    int ours = SequenceNumber.min(half.toOutputEnd(end), half.outputSent());
    return half.acknowledged && SequenceNumber.isBefore(half.outputAcknowledged, ours);
  }

  @Override
  protected void expired(long nowNanos) {
    TcpHalf half = flow.half(direction);
    @Nullable SentBytes kept = half.sentBytes;
    int from = half.outputAcknowledged;
    if (!flow.canContinue() || !isMissing() || kept == null || tries >= MAX_TRIES) {
      return;
    }
    int to = SequenceNumber.min(from + SEGMENT_BYTES, half.outputSent());
    if (kept.holds(from, to)) {
      byte[] bytes = new byte[to - from];
      kept.copy(from, to, bytes, 0);
      TcpPacket again = template.dissector().forge(template, false);
      again.setSequence(from);
      again.setAcknowledgment(flow.half(direction.opposite()).sent);
      again.setFlags(TcpLayout.ACK | TcpLayout.PSH);
      again.setWindow(flow.half(direction.opposite()).lastWindow);
      again.setPayload(bytes, 0, bytes.length);
      again.send();
    }
    tries++;
    timers.schedule(this, nowNanos + (FIRST_NANOS << tries));
  }
}
