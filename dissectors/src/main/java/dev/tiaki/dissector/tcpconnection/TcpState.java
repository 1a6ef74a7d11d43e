package dev.tiaki.dissector.tcpconnection;

/**
 * Where a connection is between its first SYN and its end. The initiator of the shutdown, not of
 * the connection, is who {@code fin_wait} and {@code closing} are about.
 */
public enum TcpState {
  /** Just made; its SYN is being processed. */
  SYN("syn"),
  /** The initiator's SYN was forwarded. */
  SYN_SENT("syn_sent"),
  /** The responder's SYN and ACK were forwarded. */
  SYN_RECEIVED("syn_received"),
  /** Data flow. */
  ESTABLISHED("established"),
  /** One side has sent its FIN. */
  FIN_WAIT_1("fin_wait_1"),
  /** That FIN was acknowledged; the other side may still send. */
  FIN_WAIT_2("fin_wait_2"),
  /** Both sides have sent their FIN. */
  CLOSING("closing"),
  /** Both FINs were acknowledged. */
  TIMED_WAIT("timed_wait"),
  /** Aborted or dropped; later packets are dropped silently. */
  RESET("reset"),
  /** Out of the table. */
  CLOSED("closed");

  private final String word;

  TcpState(String word) {
    this.word = word;
  }

  /** Returns the name that rules see. */
  public String word() {
    return word;
  }

  /** Tells whether the connection has ended, as far as rules are concerned. */
  public boolean isOver() {
    return this == TIMED_WAIT || this == RESET || this == CLOSED;
  }
}
