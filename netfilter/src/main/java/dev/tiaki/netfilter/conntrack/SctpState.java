package dev.tiaki.netfilter.conntrack;

import org.jspecify.annotations.Nullable;

/** The states of an SCTP flow in the kernel's order. */
public enum SctpState {
  /** Nothing seen. */
  NONE,
  /** Closed. */
  CLOSED,
  /** INIT seen. */
  COOKIE_WAIT,
  /** COOKIE ECHO seen. */
  COOKIE_ECHOED,
  /** Open. */
  ESTABLISHED,
  /** SHUTDOWN seen. */
  SHUTDOWN_SENT,
  /** SHUTDOWN seen from the other side. */
  SHUTDOWN_RECD,
  /** SHUTDOWN ACK seen. */
  SHUTDOWN_ACK_SENT,
  /** HEARTBEAT seen on another path. */
  HEARTBEAT_SENT;

  private static final SctpState[] ALL = values();

  /**
   * Returns the state with this name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static SctpState named(String name) {
    for (SctpState state : ALL) {
      if (state.name().equals(name)) {
        return state;
      }
    }
    throw new IllegalArgumentException("unknown state of sctp: " + name);
  }

  /** Returns the state with this number, or null. */
  public static @Nullable SctpState of(int number) {
    return number >= 0 && number < ALL.length ? ALL[number] : null;
  }

  /** Returns the kernel's number of this state. */
  @SuppressWarnings("EnumOrdinal") // the order of the constants is the kernel's
  public int number() {
    return ordinal();
  }
}
