package dev.tiaki.netfilter.conntrack;

/**
 * What the tracker of a flow's protocol knows about it. Numbers are -1 where the kernel said none.
 */
public sealed interface ProtocolInfo {
  /** Returns the state's name as conntrack(8) writes it. */
  String stateName();

  /**
   * TCP. Flag bits: 1 window scale, 2 SACK, 4 close init, 8 be liberal, 16 unacknowledged data, 32
   * maximal acknowledgement set.
   *
   * @param state where the connection stands
   * @param windowScaleOriginal the initiator's window scale
   * @param windowScaleReply the responder's
   * @param flagsOriginal flag bits of the initiator
   * @param flagsReply flag bits of the responder
   */
  record Tcp(
      TcpState state,
      int windowScaleOriginal,
      int windowScaleReply,
      int flagsOriginal,
      int flagsReply)
      implements ProtocolInfo {
    /** Returns the information that there is with a state alone. */
    public static Tcp of(TcpState state) {
      return new Tcp(state, -1, -1, -1, -1);
    }

    @Override
    public String stateName() {
      return state.name();
    }
  }

  /**
   * SCTP.
   *
   * @param state where the association stands
   * @param tagOriginal the verification tag of the initiator
   * @param tagReply the responder's
   */
  record Sctp(SctpState state, long tagOriginal, long tagReply) implements ProtocolInfo {
    @Override
    public String stateName() {
      return state.name();
    }
  }

  /**
   * DCCP.
   *
   * @param state the kernel's number of the state
   * @param role 0 client, 1 server
   * @param handshakeSequence the sequence number of the handshake
   */
  record Dccp(int state, int role, long handshakeSequence) implements ProtocolInfo {
    private static final String[] NAMES = {
      "NONE",
      "REQUEST",
      "RESPOND",
      "PARTOPEN",
      "OPEN",
      "CLOSEREQ",
      "CLOSING",
      "TIMEWAIT",
      "IGNORE",
      "INVALID"
    };

    @Override
    public String stateName() {
      return state >= 0 && state < NAMES.length ? NAMES[state] : "NONE";
    }
  }
}
