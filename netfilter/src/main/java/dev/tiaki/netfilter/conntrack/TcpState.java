package dev.tiaki.netfilter.conntrack;

import org.jspecify.annotations.Nullable;

/** The states of a TCP flow in the kernel's order. */
public enum TcpState {
  /** Nothing seen. */
  NONE,
  /** SYN seen. */
  SYN_SENT,
  /** SYN and ACK seen. */
  SYN_RECV,
  /** Open. */
  ESTABLISHED,
  /** One side said FIN. */
  FIN_WAIT,
  /** Its FIN was acknowledged. */
  CLOSE_WAIT,
  /** Both sides said FIN. */
  LAST_ACK,
  /** Closed, waiting for stragglers. */
  TIME_WAIT,
  /** Reset. */
  CLOSE,
  /** Both sides sent a SYN; older tools call it LISTEN. */
  SYN_SENT2;

  private static final TcpState[] ALL = values();

  /**
   * Returns the state with this name; {@code LISTEN} is taken for {@link #SYN_SENT2}.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static TcpState named(String name) {
    if (name.equals("LISTEN")) {
      return SYN_SENT2;
    }
    for (TcpState state : ALL) {
      if (state.name().equals(name)) {
        return state;
      }
    }
    throw new IllegalArgumentException("unknown state of tcp: " + name);
  }

  /** Returns the state with this number, or null. */
  public static @Nullable TcpState of(int number) {
    return number >= 0 && number < ALL.length ? ALL[number] : null;
  }

  /** Returns the kernel's number of this state. */
  @SuppressWarnings("EnumOrdinal") // the order of the constants is the kernel's
  public int number() {
    return ordinal();
  }
}
