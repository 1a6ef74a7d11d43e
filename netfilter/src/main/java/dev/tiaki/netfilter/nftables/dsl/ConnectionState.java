package dev.tiaki.netfilter.nftables.dsl;

import dev.tiaki.netfilter.nftables.rule.Word;
import java.util.Locale;

/** States of a connection, as a packet meets it. */
public enum ConnectionState implements Word {
  /** The packet belongs to none and begins none. */
  INVALID,
  /** The packet begins one. */
  NEW,
  /** Both sides have sent. */
  ESTABLISHED,
  /** The packet belongs to another connection. */
  RELATED,
  /** The packet is not tracked. */
  UNTRACKED;

  @Override
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
