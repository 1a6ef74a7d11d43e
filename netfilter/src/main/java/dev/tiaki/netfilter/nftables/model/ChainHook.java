package dev.tiaki.netfilter.nftables.model;

import dev.tiaki.netfilter.nftables.rule.Word;

/** Where a base chain is called. */
public enum ChainHook implements Word {
  /** Before the route is looked up. */
  PREROUTING("prerouting"),
  /** To this host. */
  INPUT("input"),
  /** Through this host. */
  FORWARD("forward"),
  /** From this host. */
  OUTPUT("output"),
  /** After the route was looked up. */
  POSTROUTING("postrouting"),
  /** As a frame comes from a device. */
  INGRESS("ingress"),
  /** As a frame goes to a device. */
  EGRESS("egress");

  private final String word;

  ChainHook(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
