package dev.tiaki.netfilter.conntrack;

/** What tells flows between the same two addresses apart. */
public sealed interface TransportKey {
  /**
   * Ports, or the keys of GRE.
   *
   * @param source 0 to 65 535
   * @param destination 0 to 65 535
   */
  record Ports(int source, int destination) implements TransportKey {
    /** Checks the ranges. */
    public Ports {
      requireU16(source, "source");
      requireU16(destination, "destination");
    }
  }

  /**
   * An ICMP or ICMPv6 exchange.
   *
   * @param type 0 to 255
   * @param code 0 to 255
   * @param id the identifier of an echo, 0 to 65 535
   */
  record Icmp(int type, int code, int id) implements TransportKey {
    /** Checks the ranges. */
    public Icmp {
      requireU16(id, "id");
      if ((type | code) >>> 8 != 0) {
        throw new IllegalArgumentException("type=" + type + " code=" + code);
      }
    }
  }

  /** Nothing: the protocol has no tracker of its own. */
  record None() implements TransportKey {}

  /** The only {@link None}. */
  TransportKey NONE = new None();

  private static void requireU16(int value, String name) {
    if (value >>> 16 != 0) {
      throw new IllegalArgumentException(name + "=" + value);
    }
  }
}
