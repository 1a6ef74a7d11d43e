package dev.tiaki.netfilter.conntrack;

/** The flags of a TCP header that change a connection's state, RFC 9293 section 3.1. */
public final class TcpFlags {
  /** No more data from the sender. */
  public static final int FIN = 1;

  /** Synchronise sequence numbers. */
  public static final int SYN = 2;

  /** Reset. */
  public static final int RST = 4;

  /** The acknowledgement number counts. */
  public static final int ACK = 16;

  private TcpFlags() {}
}
