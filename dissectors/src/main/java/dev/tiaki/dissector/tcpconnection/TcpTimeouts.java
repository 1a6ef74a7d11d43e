package dev.tiaki.dissector.tcpconnection;

import java.time.Duration;

/**
 * How long a connection may be idle before it is forgotten, by state.
 *
 * @param handshake before it is established
 * @param established while data may flow
 * @param halfClosed after a FIN
 * @param closed after its end, counted from the end: packets that come late are still known
 */
public record TcpTimeouts(
    Duration handshake, Duration established, Duration halfClosed, Duration closed) {
  /** Two minutes, five days as Linux's connection tracking, two hours, and Haka's minute. */
  public static final TcpTimeouts DEFAULTS =
      new TcpTimeouts(
          Duration.ofMinutes(2), Duration.ofDays(5), Duration.ofHours(2), Duration.ofMinutes(1));

  long nanos(TcpState state) {
    return switch (state) {
      case SYN, SYN_SENT, SYN_RECEIVED -> handshake.toNanos();
      case ESTABLISHED -> established.toNanos();
      case FIN_WAIT_1, FIN_WAIT_2, CLOSING -> halfClosed.toNanos();
      case TIMED_WAIT, RESET, CLOSED -> closed.toNanos();
    };
  }
}
