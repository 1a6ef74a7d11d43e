package dev.tiaki.netfilter.nftables.dsl;

import dev.tiaki.netfilter.conntrack.Prefix;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.Value;
import java.net.InetAddress;

/** Constants of rules, from what Java has. */
public final class Values {
  private Values() {}

  /** Returns a number. */
  public static Expression number(long number) {
    return new Value.Int(number);
  }

  /** Returns a symbol or a string, as nftables spells it; never an address. */
  public static Expression text(String text) {
    return new Value.Text(text);
  }

  /** Returns an address. */
  public static Expression address(InetAddress address) {
    return new Value.Address(address);
  }

  /** Returns the addresses that begin with the same bits. */
  public static Expression prefix(Prefix prefix) {
    return prefix.isWhole()
        ? address(prefix.address())
        : new Value.Prefix(address(prefix.address()), prefix.length());
  }

  /** Returns the values from one to another, both included. */
  public static Expression range(Expression low, Expression high) {
    return new Value.Range(low, high);
  }

  /** Returns a set or map with this name. */
  public static Expression set(String name) {
    return new Value.SetReference(name);
  }
}
