package dev.tiaki.netfilter.nftables.model;

import dev.tiaki.netfilter.nftables.rule.Word;

/** What a list, reset or flush command can name. */
public enum SelectionKind implements Word {
  /** Everything. */
  RULESET("ruleset"),
  /** One table. */
  TABLE("table"),
  /** All tables. */
  TABLES("tables"),
  /** One chain with its rules. */
  CHAIN("chain"),
  /** All chains. */
  CHAINS("chains"),
  /** One rule. */
  RULE("rule"),
  /** All rules. */
  RULES("rules"),
  /** One set. */
  SET("set"),
  /** All sets. */
  SETS("sets"),
  /** One map. */
  MAP("map"),
  /** All maps. */
  MAPS("maps"),
  /** Elements. */
  ELEMENT("element"),
  /** One meter. */
  METER("meter"),
  /** All meters. */
  METERS("meters"),
  /** One flow table. */
  FLOWTABLE("flowtable"),
  /** All flow tables. */
  FLOWTABLES("flowtables"),
  /** One counter. */
  COUNTER("counter"),
  /** All counters. */
  COUNTERS("counters"),
  /** One quota. */
  QUOTA("quota"),
  /** All quotas. */
  QUOTAS("quotas"),
  /** One limit. */
  LIMIT("limit"),
  /** All limits. */
  LIMITS("limits"),
  /** One conntrack helper. */
  CT_HELPER("ct helper"),
  /** All conntrack helpers. */
  CT_HELPERS("ct helpers"),
  /** One conntrack timeout policy. */
  CT_TIMEOUT("ct timeout"),
  /** All conntrack timeout policies. */
  CT_TIMEOUTS("ct timeouts"),
  /** One conntrack expectation. */
  CT_EXPECTATION("ct expectation"),
  /** All conntrack expectations. */
  CT_EXPECTATIONS("ct expectations"),
  /** One security mark. */
  SECMARK("secmark"),
  /** All security marks. */
  SECMARKS("secmarks"),
  /** One SYN proxy. */
  SYNPROXY("synproxy"),
  /** All SYN proxies. */
  SYNPROXYS("synproxys"),
  /** One tunnel. */
  TUNNEL("tunnel"),
  /** All tunnels. */
  TUNNELS("tunnels");

  private final String word;

  SelectionKind(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
