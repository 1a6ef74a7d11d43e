package dev.tiaki.netfilter.nftables.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table of connections that pass by the rules.
 *
 * @param identity what it is told by
 * @param hook {@link ChainHook#INGRESS}, or null
 * @param priority of the hook, or null
 * @param devices whose packets it sees
 * @param extras unknown properties
 */
public record Flowtable(
    Identity identity,
    @Nullable ChainHook hook,
    @Nullable Integer priority,
    List<String> devices,
    Extras extras)
    implements TableMember {
  /** Copies the devices. */
  public Flowtable {
    devices = List.copyOf(devices);
  }

  @Override
  public ObjectKind kind() {
    return ObjectKind.FLOWTABLE;
  }
}
