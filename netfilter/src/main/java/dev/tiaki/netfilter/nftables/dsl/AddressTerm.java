package dev.tiaki.netfilter.nftables.dsl;

import dev.tiaki.netfilter.conntrack.Prefix;
import dev.tiaki.netfilter.nftables.rule.Comparison;
import dev.tiaki.netfilter.nftables.rule.Composite;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.Statement;
import java.net.InetAddress;
import java.util.Arrays;

/** An address of a packet or a connection. */
public final class AddressTerm extends Term<InetAddress> {
  private final int octets;

  AddressTerm(Expression expression, int octets) {
    super(expression, address -> checked(address, octets));
    this.octets = octets;
  }

  private static Expression checked(InetAddress address, int octets) {
    if (address.getAddress().length != octets) {
      throw new IllegalArgumentException("address of the other family: " + address);
    }
    return Values.address(address);
  }

  /** It is in one of these networks. */
  public Statement in(Prefix... networks) {
    return match(Comparison.EQUAL, networks(networks));
  }

  /** It is in none of these networks. */
  public Statement notIn(Prefix... networks) {
    return match(Comparison.NOT_EQUAL, networks(networks));
  }

  private Expression networks(Prefix... networks) {
    for (Prefix network : networks) {
      checked(network.address(), octets);
    }
    return networks.length == 1
        ? Values.prefix(networks[0])
        : new Composite.AnonymousSet(Arrays.stream(networks).map(Values::prefix).toList());
  }
}
