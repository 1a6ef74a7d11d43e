package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.dissector.flow.TransportFlow;
import dev.tiaki.dissector.tcp.TcpPacket;
import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.BufferStream;
import dev.tiaki.engine.enforcement.Confirmation;
import dev.tiaki.engine.enforcement.FlowDecision;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.flow.FlowKey;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.engine.stream.SegmentQueue;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection as rules see it. {@link Direction#UP} is from the initiator, whose address is
 * the source, to the responder.
 */
public final class TcpFlow extends TransportFlow {
  private final TcpConnectionDissector dissector;
  private final boolean midstream;
  private final TcpHalf up = new TcpHalf();
  private final TcpHalf down = new TcpHalf();

  private TcpState state = TcpState.SYN;
  private @Nullable StreamDissector nextDissector;

  /** What was decided about the whole connection; null until something was. */
  @Nullable FlowDecision decision;

  /** How far the kernel has taken the decision over. */
  Confirmation confirmation = Confirmation.NONE;

  /** The side whose FIN came first; up until one came. */
  Direction closer = Direction.UP;

  /** The first sequence number of a SYN that may open another connection between the same ends. */
  int reopeningSequence;

  /** The sequence number of the SYN that opened it; counts when {@link #openedBySyn}. */
  int openingSequence;

  boolean openedBySyn;

  /** {@link #reopeningSequence} counts. */
  boolean reopening;

  /** Both ends have answered: the flow may be reset. */
  boolean established;

  /** Rules see it no longer though it is still followed: it was dropped while only observing. */
  boolean muted;

  boolean bypassed;
  boolean gapCounted;
  boolean endSignalled;

  TcpFlow(TcpConnectionDissector dissector, FlowKey key, boolean midstream) {
    super(key);
    this.dissector = dissector;
    this.midstream = midstream;
  }

  /** Tells whether rules have given the connection up; they see nothing of it any more. */
  public boolean isBypassed() {
    return bypassed;
  }

  /** Tells whether the beginning of the connection was not seen. */
  public boolean isMidstream() {
    return midstream;
  }

  /** Returns the number of bytes of the stream that were delivered in order. */
  public long deliveredBytes(Direction direction) {
    return half(direction).deliveredBytes;
  }

  /** Returns the number of bytes of the stream that were skipped because they were never seen. */
  public long gapBytes(Direction direction) {
    return half(direction).gapBytes;
  }

  /** Returns the number of places where bytes are missing, what still waits for them included. */
  public int gaps(Direction direction) {
    TcpHalf half = half(direction);
    SegmentQueue<HeldSegment> queue = half.queue;
    return half.gaps + (queue == null ? 0 : queue.holes());
  }

  /** Tells whether both streams were seen from their SYN to their FIN. */
  public boolean isComplete() {
    return !midstream && up.finished && down.finished && up.gaps + down.gaps == 0;
  }

  /** Returns the state. */
  public TcpState state() {
    return state;
  }

  /** Returns what was decided about the whole connection, or null. */
  public @Nullable FlowDecision decision() {
    return decision;
  }

  /** Returns how far the kernel has taken that over. */
  public Confirmation confirmation() {
    return confirmation;
  }

  @Override
  public @Nullable String stateName() {
    return state == TcpState.CLOSED ? null : state.word();
  }

  @Override
  public boolean canContinue() {
    return !muted && state != TcpState.RESET && state != TcpState.CLOSED;
  }

  /** Returns the protocol on top, or null. */
  public @Nullable StreamDissector nextDissector() {
    return nextDissector;
  }

  /** Puts a protocol on top, or takes it away. */
  public void setNextDissector(@Nullable StreamDissector next) {
    nextDissector = next;
  }

  /** Returns the stream of {@code direction}, made when it did not exist. */
  public BufferStream stream(Direction direction) {
    return dissector.data().stream(half(direction));
  }

  /**
   * Gives data that the protocol on top does not want, and that are of another one, to whoever
   * knows that one; when nobody does, they are sent.
   */
  public void offer(BufferIterator current, Direction direction) {
    dissector.data().offer(this, direction, current);
  }

  /**
   * Sends the data that are ready in the streams.
   *
   * @param direction which stream; null for both
   */
  public void send(@Nullable Direction direction) {
    if (direction != Direction.DOWN) {
      dissector.data().send(this, Direction.UP);
    }
    if (direction != Direction.UP) {
      dissector.data().send(this, Direction.DOWN);
    }
  }

  /**
   * Drops the connection: nothing is sent to either end, and later packets are silently dropped. A
   * second call does nothing.
   *
   * @throws IllegalStateException {@code connection already dropped} when it is closed
   */
  public void drop() {
    if (state == TcpState.CLOSED) {
      throw new IllegalStateException("connection already dropped");
    }
    dissector.teardown().drop(this);
  }

  /**
   * Resets the connection: an RST to both ends, then as {@link #drop}.
   *
   * @throws IllegalStateException {@code cannot reset a non-established connection}
   */
  public void reset() {
    requireEstablished();
    dissector.teardown().reset(this, true);
  }

  /**
   * Resets the connection at the server only, then as {@link #drop}.
   *
   * @throws IllegalStateException {@code cannot reset a non-established connection}
   */
  public void halfReset() {
    requireEstablished();
    dissector.teardown().reset(this, false);
  }

  private void requireEstablished() {
    if (!established) {
      throw new IllegalStateException("cannot reset a non-established connection");
    }
  }

  /** Ends inspection: what waits is sent, and rules no longer see the rest of the connection. */
  public void bypass() {
    dissector.teardown().bypass(this);
  }

  /**
   * Reports a rule that failed in a protocol on top, and does with the connection what {@code
   * on-rule-error} says.
   */
  public void ruleFailed(RuleFailure failure) {
    dissector.teardown().ruleFailed(failure, this, dissector.current());
  }

  /** Tells whether numbers have to be translated for as long as the connection lives. */
  boolean isEdited() {
    return up.isEdited() || down.isEdited();
  }

  TcpHalf half(Direction direction) {
    return direction == Direction.UP ? up : down;
  }

  /** Both ends have answered each other, or are taken to have. */
  void establish() {
    state = TcpState.ESTABLISHED;
    established = true;
  }

  void setState(TcpState next) {
    state = next;
  }

  void count(Direction direction, TcpPacket tcp) {
    count(direction, tcp.ip().wireLength());
  }

  @Override
  protected void expired(long nowNanos) {
    dissector.teardown().idle(this, nowNanos);
  }

  @Override
  protected boolean isExpendable() {
    return !established;
  }
}
