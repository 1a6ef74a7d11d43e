package dev.tiaki.netfilter.conntrack;

import org.jspecify.annotations.Nullable;

/**
 * The TCP tracker of the table in memory: the states of Linux's {@code nf_conntrack_proto_tcp} and
 * its default timeouts. Windows are not checked: a segment that lies outside them counts.
 */
final class ReplayTcp {
  /** What a packet does to a connection, when it leads to no state. */
  enum Outcome {
    /** It was counted. */
    TAKEN,
    /** It belongs to the connection, but says nothing about it. */
    IGNORED,
    /** It belongs to none. */
    INVALID,
    /** It ends the connection at once: the answer to a first packet was a reset. */
    ENDED,
    /** It begins a new connection in place of this one. */
    REOPENED
  }

  private static final int RETRANSMISSIONS = 3;
  private static final long STALLED = 300;

  /** The kernel's order of kinds; a reset counts before a SYN, a SYN before a FIN. */
  private static final int SYN = 0;

  private static final int SYN_ACK = 1;
  private static final int FIN = 2;
  private static final int ACK = 3;
  private static final int RST = 4;
  private static final int NOTHING = 5;

  /** The letters of the states in the kernel's order, then what is ignored and what is invalid. */
  private static final String LETTERS = "0SREFCLTX2";

  private static final char IGNORED = '.';
  private static final char INVALID = '-';

  /** By kind, then by present state: the next state for packets of the original direction. */
  private static final String[] ORIGINAL = {
    "SS.....SS2", "--R------R", "--FFLLLTX-", "E-EECCTTX-", "-XXXXXXXXX", "----------"
  };

  /** The same for packets of the reply direction. */
  private static final String[] REPLY = {
    "-2-----S-2", "-R.......R", "--FFLLLTX-", "-.RECCTTX.", "-XXXXXXXXX", "----------"
  };

  private TcpState state = TcpState.NONE;
  private final End original = new End();
  private final End reply = new End();
  private boolean closing;
  private int lastKind = -1;
  private boolean lastOriginal;
  private @Nullable TcpSegment last;
  private int retransmissions;

  /** How far one side's data goes. */
  private static final class End {
    boolean known;
    int sequence;
    boolean unacknowledged;

    void sent(int end) {
      if (!known) {
        known = true;
        sequence = end;
      } else if (end - sequence > 0) {
        sequence = end;
        unacknowledged = true;
      }
    }

    void acknowledged(int number) {
      if (known && number == sequence) {
        unacknowledged = false;
      }
    }
  }

  ReplayTcp() {}

  TcpState state() {
    return state;
  }

  void setState(TcpState newState) {
    state = newState;
  }

  /** Tells whether a first packet makes an entry: a SYN, or an ACK that is picked up. */
  static boolean begins(TcpSegment segment) {
    return isPossible(segment) && next(TcpState.NONE, true, kind(segment)) != INVALID;
  }

  /** The combinations of SYN, FIN, RST and ACK that the kernel takes for TCP at all. */
  private static boolean isPossible(TcpSegment segment) {
    boolean ack = segment.has(TcpFlags.ACK);
    return switch (segment.flags() & (TcpFlags.SYN | TcpFlags.FIN | TcpFlags.RST)) {
      case 0, TcpFlags.FIN -> ack;
      case TcpFlags.SYN, TcpFlags.RST -> true;
      default -> false;
    };
  }

  private static int kind(TcpSegment segment) {
    if (segment.has(TcpFlags.RST)) {
      return RST;
    }
    if (segment.has(TcpFlags.SYN)) {
      return segment.has(TcpFlags.ACK) ? SYN_ACK : SYN;
    }
    if (segment.has(TcpFlags.FIN)) {
      return FIN;
    }
    return segment.has(TcpFlags.ACK) ? ACK : NOTHING;
  }

  private static char next(TcpState state, boolean fromOriginal, int kind) {
    return (fromOriginal ? ORIGINAL : REPLY)[kind].charAt(state.number());
  }

  /** Takes a packet; the state, the timeout and {@code ASSURED} of {@code entry} follow. */
  Outcome take(ReplayEntry entry, boolean fromOriginal, TcpSegment segment) {
    if (!isPossible(segment)) {
      return Outcome.INVALID;
    }
    int kind = kind(segment);
    char letter = next(state, fromOriginal, kind);
    if (letter == INVALID) {
      return Outcome.INVALID;
    }
    TcpState before = state;
    if (letter != IGNORED && isOver(before) && stateOf(letter) == TcpState.SYN_SENT) {
      boolean reset = lastKind == RST && lastOriginal == fromOriginal;
      return closing || reset ? Outcome.REOPENED : Outcome.IGNORED;
    }
    if (letter == IGNORED) {
      return Outcome.IGNORED;
    }
    state = stateOf(letter);
    closing |= state == TcpState.FIN_WAIT && before != state;
    follow(fromOriginal, kind, segment);
    boolean answered = entry.has(Status.SEEN_REPLY);
    if (!answered && kind == RST) {
      return Outcome.ENDED;
    }
    entry.timeoutSeconds = timeout(kind, answered);
    boolean open = state == TcpState.ESTABLISHED;
    if (answered && open && (before == TcpState.SYN_RECV || before == TcpState.ESTABLISHED)) {
      entry.set(Status.ASSURED);
    }
    return Outcome.TAKEN;
  }

  private static boolean isOver(TcpState state) {
    return state == TcpState.TIME_WAIT || state == TcpState.CLOSE;
  }

  private static TcpState stateOf(char letter) {
    TcpState found = TcpState.of(LETTERS.indexOf(letter));
    return found == null ? TcpState.NONE : found;
  }

  private void follow(boolean fromOriginal, int kind, TcpSegment segment) {
    (fromOriginal ? original : reply).sent(segment.end());
    if (segment.has(TcpFlags.ACK)) {
      (fromOriginal ? reply : original).acknowledged(segment.acknowledgement());
    }
    boolean again = lastOriginal == fromOriginal && kind == ACK && segment.equals(last);
    retransmissions = again ? retransmissions + 1 : 0;
    last = segment;
    lastKind = kind;
    lastOriginal = fromOriginal;
  }

  private long timeout(int kind, boolean answered) {
    long whole = timeout(state);
    if (kind == RST) {
      return timeout(TcpState.CLOSE);
    }
    boolean stalled =
        retransmissions >= RETRANSMISSIONS
            || original.unacknowledged
            || reply.unacknowledged
            || (last != null && last.window() == 0)
            || (state == TcpState.ESTABLISHED && !answered);
    return stalled ? Math.min(whole, STALLED) : whole;
  }

  /** The defaults of {@code Documentation/networking/nf_conntrack-sysctl.rst}, in seconds. */
  private static long timeout(TcpState state) {
    return switch (state) {
      case NONE, SYN_SENT, SYN_SENT2, FIN_WAIT, TIME_WAIT -> 120;
      case SYN_RECV, CLOSE_WAIT -> 60;
      case ESTABLISHED -> 432_000;
      case LAST_ACK -> 30;
      case CLOSE -> 10;
    };
  }
}
