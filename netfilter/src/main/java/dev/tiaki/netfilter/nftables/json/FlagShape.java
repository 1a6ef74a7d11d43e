package dev.tiaki.netfilter.nftables.json;

/** How one flag alone is written. Every release reads both; they list one or the other. */
public enum FlagShape {
  /** An array of one string, as releases since 1.1.5 list it. */
  ARRAY,
  /** The string alone, as releases until 1.1.3 list it. */
  TEXT
}
