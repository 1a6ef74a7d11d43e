package dev.tiaki.netfilter.nftables.check;

import java.math.BigInteger;
import java.util.Map;

/**
 * A type of values in nftables.
 *
 * @param name as in the types of sets
 * @param bits its length; 0: as long as the value
 * @param base what its values are
 * @param names where symbols come from
 * @param symbols the symbols it lists itself
 */
record Datatype(String name, int bits, Base base, Names names, Map<String, BigInteger> symbols) {
  /** What values are. */
  enum Base {
    /** Numbers. */
    INTEGER,
    /** Numbers whose bits are flags. */
    BITMASK,
    /** Text. */
    STRING,
    /** Link addresses. */
    LLADDR,
    /** IP addresses. */
    ADDRESS,
    /** Verdicts. */
    VERDICT,
    /** Several values side by side. */
    CONCATENATION,
    /** Not known before the protocol is. */
    INVALID
  }

  /** Where symbols come from. */
  enum Names {
    /** There are none. */
    NONE,
    /** Any text is one. */
    ANY,
    /** The type lists them. */
    LISTED,
    /** Protocols of the system. */
    PROTOCOLS,
    /** Services of the system. */
    SERVICES,
    /** Routing realms of the system. */
    RT_REALMS,
    /** Groups of devices. */
    GROUP,
    /** Users. */
    PASSWD,
    /** Groups of users. */
    GROUP_NAMES,
    /** Devices. */
    DEVICES,
    /** Traffic classes, {@code major:minor}. */
    CLASSID,
    /** Points in time. */
    TIME,
    /** Lengths of time, {@code 1h30m}. */
    INTERVAL,
    /** Times of day. */
    HOUR,
    /** Paths of control groups. */
    PATH,
    /** Labels of connections. */
    CONNLABELS
  }

  boolean isNumeric() {
    return base == Base.INTEGER
        || base == Base.BITMASK
        || base == Base.ADDRESS
        || base == Base.LLADDR;
  }

  /** Tells whether it is the plain number, which fits any other number. */
  boolean isPlain() {
    return name.equals("integer");
  }
}
