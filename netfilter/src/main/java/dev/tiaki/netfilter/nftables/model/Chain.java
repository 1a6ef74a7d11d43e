package dev.tiaki.netfilter.nftables.model;

import org.jspecify.annotations.Nullable;

/**
 * A chain of rules.
 *
 * @param identity what it is told by
 * @param base where the kernel calls it, or null: only other chains do
 * @param comment since nftables 1.0.8, or null
 * @param extras unknown properties
 */
public record Chain(
    Identity identity, @Nullable BaseChain base, @Nullable String comment, Extras extras)
    implements TableMember {
  /** Returns a chain that only other chains call. */
  public static Chain regular(Identity identity) {
    return new Chain(identity, null, null, Extras.NONE);
  }

  /** Returns a base chain. */
  public static Chain base(Identity identity, BaseChain base) {
    return new Chain(identity, base, null, Extras.NONE);
  }

  @Override
  public ObjectKind kind() {
    return ObjectKind.CHAIN;
  }
}
