package dev.tiaki.netfilter.conntrack;

/**
 * States and timeouts of the table in memory: the kernel's defaults, {@code
 * Documentation/networking/nf_conntrack-sysctl.rst}, in seconds.
 */
final class ReplayProtocol {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long GENERIC = 600;
  private static final long ICMP = 30;
  private static final long UDP = 30;
  private static final long UDP_STREAM = 120;
  private static final long UDP_STREAM_AFTER_NANOS = 2 * NANOS_PER_SECOND;
  private static final long PICKED_UP_UNREPLIED = 300;

  private ReplayProtocol() {}

  /** Sets the state that a first packet makes; returns the timeout. */
  static long first(int protocol, FlowBuilder flow, int tcpFlags) {
    return switch (protocol) {
      case IpProtocol.TCP -> firstTcp(flow, tcpFlags);
      case IpProtocol.UDP, IpProtocol.UDPLITE -> UDP;
      case IpProtocol.ICMP, IpProtocol.ICMPV6 -> ICMP;
      default -> GENERIC;
    };
  }

  private static long firstTcp(FlowBuilder flow, int flags) {
    TcpState state =
        (flags & TcpFlags.RST) != 0
            ? TcpState.CLOSE
            : (flags & (TcpFlags.SYN | TcpFlags.ACK)) == TcpFlags.SYN
                ? TcpState.SYN_SENT
                : TcpState.ESTABLISHED;
    flow.protocolInfo = ProtocolInfo.Tcp.of(state);
    return state == TcpState.ESTABLISHED ? PICKED_UP_UNREPLIED : timeout(state);
  }

  /** Sets the state that a further packet makes; returns the timeout. */
  static long next(
      int protocol,
      FlowBuilder flow,
      boolean original,
      boolean seenReply,
      int tcpFlags,
      long ageNanos) {
    return switch (protocol) {
      case IpProtocol.TCP -> nextTcp(flow, original, seenReply, tcpFlags);
      case IpProtocol.UDP, IpProtocol.UDPLITE -> nextUdp(flow, seenReply, ageNanos);
      case IpProtocol.ICMP, IpProtocol.ICMPV6 -> ICMP;
      default -> GENERIC;
    };
  }

  private static long nextUdp(FlowBuilder flow, boolean seenReply, long ageNanos) {
    if (!seenReply || ageNanos < UDP_STREAM_AFTER_NANOS) {
      return UDP;
    }
    flow.status |= Status.ASSURED;
    return UDP_STREAM;
  }

  private static long nextTcp(FlowBuilder flow, boolean original, boolean seenReply, int flags) {
    ProtocolInfo.Tcp known =
        flow.protocolInfo instanceof ProtocolInfo.Tcp tcp
            ? tcp
            : ProtocolInfo.Tcp.of(TcpState.NONE);
    TcpState state = nextState(known.state(), original, flags);
    flow.protocolInfo =
        new ProtocolInfo.Tcp(
            state,
            known.windowScaleOriginal(),
            known.windowScaleReply(),
            known.flagsOriginal(),
            known.flagsReply());
    if (seenReply && state == TcpState.ESTABLISHED) {
      flow.status |= Status.ASSURED;
    }
    return state == TcpState.ESTABLISHED && !seenReply ? PICKED_UP_UNREPLIED : timeout(state);
  }

  private static TcpState nextState(TcpState state, boolean original, int flags) {
    if ((flags & TcpFlags.RST) != 0) {
      return TcpState.CLOSE;
    }
    boolean syn = (flags & TcpFlags.SYN) != 0;
    boolean ack = (flags & TcpFlags.ACK) != 0;
    boolean fin = (flags & TcpFlags.FIN) != 0;
    return switch (state) {
      case NONE -> syn ? TcpState.SYN_SENT : TcpState.ESTABLISHED;
      case SYN_SENT -> original || !syn ? state : ack ? TcpState.SYN_RECV : TcpState.SYN_SENT2;
      case SYN_SENT2 -> syn && ack ? TcpState.SYN_RECV : state;
      case SYN_RECV -> fin ? TcpState.FIN_WAIT : original && ack ? TcpState.ESTABLISHED : state;
      case ESTABLISHED -> fin ? TcpState.FIN_WAIT : state;
      case FIN_WAIT -> fin ? TcpState.LAST_ACK : ack && !original ? TcpState.CLOSE_WAIT : state;
      case CLOSE_WAIT -> fin ? TcpState.LAST_ACK : state;
      case LAST_ACK -> ack && !fin ? TcpState.TIME_WAIT : state;
      case TIME_WAIT, CLOSE -> state;
    };
  }

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
