package dev.tiaki.netfilter.connections;

import dev.tiaki.netfilter.conntrack.Prefix;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Function;

/**
 * Finds the zone of an address: the first zone that contains it, else the fallback.
 *
 * @param zones the zones in the order in which they are looked through
 * @param fallback the name for addresses in none of them
 */
public record FirewallZones(List<FirewallZone> zones, String fallback)
    implements Function<InetAddress, String> {
  /** The zone of the world outside. */
  public static final String NET = "net";

  /** No zones: everything is outside. */
  public static final FirewallZones NONE = new FirewallZones(List.of(), NET);

  /** Copies the list. */
  public FirewallZones {
    zones = List.copyOf(zones);
  }

  @Override
  public String apply(InetAddress address) {
    for (FirewallZone zone : zones) {
      for (Prefix network : zone.networks()) {
        if (network.contains(address)) {
          return zone.name();
        }
      }
    }
    return fallback;
  }
}
