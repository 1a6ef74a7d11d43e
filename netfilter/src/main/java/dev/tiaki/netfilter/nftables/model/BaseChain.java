package dev.tiaki.netfilter.nftables.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What makes a chain a base chain, which the kernel calls by itself.
 *
 * @param type what it may do
 * @param hook where it is called
 * @param priority chains with a lower one are called first
 * @param devices in the netdev family and at ingress: the devices; else empty
 * @param policy or null: {@link ChainPolicy#ACCEPT}
 */
public record BaseChain(
    ChainType type,
    ChainHook hook,
    int priority,
    List<String> devices,
    @Nullable ChainPolicy policy) {
  /** Copies the devices. */
  public BaseChain {
    devices = List.copyOf(devices);
  }
}
