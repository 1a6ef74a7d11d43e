package dev.tiaki.netfilter.nftables.dsl;

import dev.tiaki.netfilter.nftables.rule.Word;
import java.util.Locale;

/** Flags of TCP. */
public enum TcpFlag implements Word {
  /** The end. */
  FIN,
  /** The beginning. */
  SYN,
  /** Reset. */
  RST,
  /** Push. */
  PSH,
  /** Acknowledgement. */
  ACK,
  /** Urgent. */
  URG,
  /** Congestion was seen. */
  ECN,
  /** Congestion window reduced. */
  CWR;

  @Override
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
