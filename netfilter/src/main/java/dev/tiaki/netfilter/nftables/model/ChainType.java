package dev.tiaki.netfilter.nftables.model;

import dev.tiaki.netfilter.nftables.rule.Word;

/** Types of base chains. */
public enum ChainType implements Word {
  /** Filters. */
  FILTER("filter"),
  /** Sees the first packet of a connection and translates. */
  NAT("nat"),
  /** Looks up the route again when mark or header changed. */
  ROUTE("route");

  private final String word;

  ChainType(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
