package dev.tiaki.netfilter.nftables.model;

import dev.tiaki.netfilter.nftables.rule.Word;

/** Kinds of things a ruleset holds. */
public enum ObjectKind implements Word {
  /** A table. */
  TABLE("table"),
  /** A chain. */
  CHAIN("chain"),
  /** A rule. */
  RULE("rule"),
  /** A set. */
  SET("set"),
  /** A map. */
  MAP("map"),
  /** Elements of a set or map. */
  ELEMENT("element"),
  /** A flow table. */
  FLOWTABLE("flowtable"),
  /** A counter. */
  COUNTER("counter"),
  /** A quota. */
  QUOTA("quota"),
  /** A conntrack helper. */
  CT_HELPER("ct helper"),
  /** A conntrack timeout policy. */
  CT_TIMEOUT("ct timeout"),
  /** A conntrack expectation. */
  CT_EXPECTATION("ct expectation"),
  /** A limit. */
  LIMIT("limit"),
  /** A security mark. */
  SECMARK("secmark"),
  /** A SYN proxy. */
  SYNPROXY("synproxy"),
  /** A tunnel. */
  TUNNEL("tunnel");

  private final String word;

  ObjectKind(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
