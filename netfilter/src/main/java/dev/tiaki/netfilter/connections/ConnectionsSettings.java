package dev.tiaki.netfilter.connections;

import java.net.InetAddress;
import java.util.function.Function;

/**
 * How the API answers.
 *
 * @param zones the firewall zone of an address, for {@code expand}
 * @param correctedProtocols false: the list of protocols as first published, where {@code udp} has
 *     the states of SCTP; true: {@code udp} has none and {@code sctp} has them
 * @param detailedErrors true: a bad field is answered with {@code NotValid}; false: with the bare
 *     {@code GenericError}
 */
public record ConnectionsSettings(
    Function<InetAddress, String> zones, boolean correctedProtocols, boolean detailedErrors) {
  /** No zones, the published list, detailed errors. */
  public static final ConnectionsSettings DEFAULTS =
      new ConnectionsSettings(FirewallZones.NONE, false, true);

  /** Returns these with other zones. */
  public ConnectionsSettings withZones(Function<InetAddress, String> newZones) {
    return new ConnectionsSettings(newZones, correctedProtocols, detailedErrors);
  }

  /** Returns these with or without the corrected list of protocols. */
  public ConnectionsSettings withCorrectedProtocols(boolean corrected) {
    return new ConnectionsSettings(zones, corrected, detailedErrors);
  }

  /** Returns these with or without detailed errors. */
  public ConnectionsSettings withDetailedErrors(boolean detailed) {
    return new ConnectionsSettings(zones, correctedProtocols, detailed);
  }
}
