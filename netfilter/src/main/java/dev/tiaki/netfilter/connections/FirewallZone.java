package dev.tiaki.netfilter.connections;

import dev.tiaki.netfilter.conntrack.Prefix;
import java.util.List;

/**
 * A part of the network that a firewall names.
 *
 * @param name its name, such as {@code loc}
 * @param networks the addresses that are in it
 */
public record FirewallZone(String name, List<Prefix> networks) {
  /** Copies the list. */
  public FirewallZone {
    networks = List.copyOf(networks);
  }

  /**
   * Reads {@code NAME=NETWORK[,NETWORK…]}.
   *
   * @throws IllegalArgumentException when it is something else
   */
  public static FirewallZone parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException("zone=" + text + ": NAME=NETWORK[,NETWORK] expected");
    }
    List<Prefix> networks =
        List.of(text.substring(equals + 1).split(",")).stream().map(Prefix::parse).toList();
    return new FirewallZone(text.substring(0, equals), networks);
  }
}
