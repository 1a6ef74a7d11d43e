package dev.tiaki.netfilter.nftables.version;

/**
 * What some releases of nftables understand in JSON and earlier ones refuse, pass over or misread.
 * Everything that is not here is understood since 1.0.6.
 */
public enum Feature {
  /** The command {@code destroy}. */
  DESTROY("1.0.7", "the command destroy"),
  /** {@code reset} of one rule or of rules. */
  RESET_RULES("1.0.7", "reset of rules"),
  /** {@code reset} of sets, maps and elements. */
  RESET_SETS("1.0.8", "reset of sets, maps and elements"),
  /** The statement {@code last}. */
  LAST("1.0.8", "the statement last"),
  /** A protocol that the port of a translation itself names. */
  PORT_NAMES_PROTOCOL("1.0.8", "a port that names its protocol itself"),
  /** Inner headers: the key {@code tunnel} of payload, passed over before. */
  INNER_HEADERS("1.0.8", "headers inside tunnels"),
  /** The expression {@code dccp option}. */
  DCCP_OPTION("1.0.8", "the expression dccp option"),
  /** Comments of tables and chains, passed over before. */
  TABLE_COMMENT("1.0.8", "comments of tables and chains"),
  /** A mark made of a value of another type. */
  MARK_FROM_OTHER_TYPES("1.0.8", "a mark made of a value of another type"),
  /** The key {@code broute} of meta. */
  BROUTE("1.0.8", "the key broute"),
  /** The statement {@code map}. */
  MAP_STATEMENT("1.0.9", "the statement map"),
  /** The set flag {@code dynamic}. */
  DYNAMIC_FLAG("1.0.9", "the set flag dynamic"),
  /** Conntrack expectations. */
  CT_EXPECTATION("1.0.9", "objects ct expectation"),
  /** Policies of conntrack timeouts, passed over before. */
  CT_TIMEOUT_POLICY("1.0.9", "policies of ct timeout"),
  /** The priority of a flow table, misread before. */
  FLOWTABLE("1.0.9", "flow tables"),
  /** Flags of tables, passed over before. */
  TABLE_FLAGS("1.1.0", "flags of tables"),
  /** Several devices of a chain. */
  CHAIN_DEVICES("1.1.0", "several devices of a chain"),
  /** The property {@code auto-merge} of sets, passed over before. */
  AUTO_MERGE("1.1.0", "auto-merge"),
  /** Objects {@code synproxy}. */
  SYNPROXY_OBJECT("1.1.0", "objects synproxy"),
  /** Maps whose data is a concatenation. */
  CONCATENATED_DATA("1.1.0", "maps of concatenated data"),
  /** More than two operands. */
  MANY_OPERANDS("1.1.0", "more than two operands"),
  /** Sets typed by an expression. */
  TYPEOF("1.1.2", "types by typeof"),
  /** Operands on the right that are known only as the packet passes. */
  VARIABLE_OPERANDS("1.1.2", "operands on the right that are no constants"),
  /** Names of MPTCP subtypes. */
  MPTCP_NAMES("1.1.2", "names of MPTCP subtypes"),
  /** Set flags as one string, passed over before. */
  SET_FLAG_AS_TEXT("1.1.4", "set flags that are no array"),
  /** {@code fib … check}. */
  FIB_CHECK("1.1.4", "the fib result check"),
  /** {@code fib} as the value of a statement. */
  FIB_VALUE("1.1.4", "fib as a value"),
  /** Tunnel metadata and objects. */
  TUNNEL("1.1.6", "tunnel metadata and objects"),
  /** The key {@code ibrhwaddr} of meta. */
  BRIDGE_ADDRESS("1.1.6", "the key ibrhwaddr"),
  /** The handle of a rule to put another one behind, passed over before. */
  ADD_BEHIND_HANDLE("1.1.7", "adding a rule behind a handle"),
  /** State of set elements in input, passed over before. */
  ELEMENT_STATE("1.1.7", "state of set elements");

  private final String since;
  private final String description;

  Feature(String since, String description) {
    this.since = since;
    this.description = description;
  }

  /** Returns the first release that understands it; 1.1.7 stands for the one after 1.1.6. */
  public NftVersion since() {
    return NftVersion.of(since);
  }

  /** Returns what it is, as part of a sentence. */
  public String description() {
    return description;
  }

  /** Tells whether {@code version} understands it. */
  public boolean isIn(NftVersion version) {
    return version.isAtLeast(since());
  }
}
