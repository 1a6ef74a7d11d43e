package dev.tiaki.netfilter.nftables.rule;

/** Kinds of stateful objects that rules and maps refer to. */
public enum ObjectType implements Word {
  /** A counter. */
  COUNTER("counter"),
  /** A quota. */
  QUOTA("quota"),
  /** A limit. */
  LIMIT("limit"),
  /** A conntrack helper. */
  CT_HELPER("ct helper"),
  /** A conntrack timeout policy. */
  CT_TIMEOUT("ct timeout"),
  /** A conntrack expectation. */
  CT_EXPECTATION("ct expectation"),
  /** A SYN proxy. */
  SYNPROXY("synproxy"),
  /** A security mark. */
  SECMARK("secmark"),
  /** A tunnel. */
  TUNNEL("tunnel");

  private final String word;

  ObjectType(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
