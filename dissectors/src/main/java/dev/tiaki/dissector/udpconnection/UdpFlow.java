package dev.tiaki.dissector.udpconnection;

import dev.tiaki.dissector.flow.TransportFlow;
import dev.tiaki.dissector.udp.UdpPacket;
import dev.tiaki.engine.enforcement.Confirmation;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.flow.FlowKey;
import dev.tiaki.engine.rule.RuleFailure;
import org.jspecify.annotations.Nullable;

/**
 * One UDP flow as rules see it. {@link Direction#UP} is from the sender of the first packet, whose
 * address is the source.
 */
public final class UdpFlow extends TransportFlow {
  /** Above every number of a TCP connection; exact in a JSON number, below 2^53. */
  private static final long FIRST_NUMBER = 1L << 43;

  private final UdpConnectionDissector dissector;

  private UdpFlowState state = UdpFlowState.NEW;
  private @Nullable DatagramDissector nextDissector;

  boolean endSignalled;
  boolean detected;

  /** How far the kernel has taken it over that the flow is dropped. */
  Confirmation confirmation = Confirmation.NONE;

  UdpFlow(UdpConnectionDissector dissector, FlowKey key) {
    super(key);
    this.dissector = dissector;
  }

  /**
   * Returns a number that is unique among the worker's flows, TCP connections included, for alerts
   * and records; 0 while it is new.
   */
  public long number() {
    return id() == 0 ? 0 : FIRST_NUMBER + id();
  }

  /** Returns the state. */
  public UdpFlowState state() {
    return state;
  }

  void setState(UdpFlowState next) {
    state = next;
  }

  @Override
  public String stateName() {
    return state.word();
  }

  @Override
  public boolean canContinue() {
    return state == UdpFlowState.NEW || state == UdpFlowState.ESTABLISHED;
  }

  /** Returns the protocol on top, or null. */
  public @Nullable DatagramDissector nextDissector() {
    return nextDissector;
  }

  /** Puts a protocol on top, or takes it away. */
  public void setNextDissector(@Nullable DatagramDissector next) {
    nextDissector = next;
  }

  /** Drops the flow: its packets are silently dropped for a while. A second call does nothing. */
  public void drop() {
    dissector.drop(this);
  }

  /**
   * Says that a rule failed on a packet of the flow: logged, and what {@code on-rule-error} says.
   */
  public void ruleFailed(RuleFailure failure, UdpPacket udp) {
    dissector.handle(failure, this, udp);
  }

  void count(Direction direction, UdpPacket udp) {
    count(direction, udp.ip().wireLength());
  }

  @Override
  protected void expired(long nowNanos) {
    dissector.idle(this, nowNanos);
  }

  @Override
  protected boolean isExpendable() {
    return packets(Direction.DOWN) == 0 && state != UdpFlowState.DROPPED;
  }
}
