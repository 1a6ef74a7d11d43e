package dev.tiaki.netfilter.conntrack;

import dev.tiaki.netfilter.netlink.NetworkNamespace;

/**
 * Where the table is.
 *
 * @param namespace the network namespace
 */
public record ConntrackOptions(NetworkNamespace namespace) {
  /** The namespace of the process. */
  public static final ConntrackOptions DEFAULTS = new ConntrackOptions(NetworkNamespace.own());

  /** Returns the options for the namespace that {@code ip netns add NAME} made. */
  public static ConntrackOptions inNamespace(String name) {
    return new ConntrackOptions(NetworkNamespace.named(name));
  }
}
