package dev.tiaki.netfilter.nftables.compare;

import java.io.IOException;

/** What a document leaves cannot be told without the ruleset that it is applied to. */
public final class UnclearRuleset extends IOException {
  private static final long serialVersionUID = 1L;

  UnclearRuleset(int command, String reason) {
    super("command " + command + ": " + reason);
  }
}
