package dev.tiaki.netfilter.nftables.rule;

import java.net.InetAddress;

/** A constant. */
public sealed interface Value extends Expression {
  /**
   * A symbol or a string, read by the type of what it is compared with: a service, a device, a link
   * address, a flag.
   *
   * @param text as nftables spells it
   */
  record Text(String text) implements Value {}

  /**
   * A number.
   *
   * @param number signed, as nftables reads numbers into 64 bits
   */
  record Int(long number) implements Value {}

  /**
   * True or false: whether a header, an option or a route is there.
   *
   * @param isTrue what it is
   */
  record Bool(boolean isTrue) implements Value {}

  /**
   * An address of IPv4 or IPv6.
   *
   * @param address never a name
   */
  record Address(InetAddress address) implements Value {}

  /**
   * The values that begin with the same bits.
   *
   * @param address an address or a number
   * @param length how many bits count
   */
  record Prefix(Expression address, int length) implements Value {}

  /**
   * The values from one to another, both included.
   *
   * @param low the lowest
   * @param high the highest
   */
  record Range(Expression low, Expression high) implements Value {}

  /**
   * A set or map with a name; {@code @name} in nftables.
   *
   * @param name without the {@code @}
   */
  record SetReference(String name) implements Value {}

  /** Any value: the catch-all element of a set, {@code *}. */
  record Wildcard() implements Value {}
}
