package dev.tiaki.cli.nft;

import dev.tiaki.netfilter.netlink.NetworkNamespace;
import dev.tiaki.netfilter.nftables.transport.NftException;
import dev.tiaki.netfilter.nftables.transport.NftProgram;
import dev.tiaki.netfilter.nftables.transport.Nftables;
import dev.tiaki.netfilter.nftables.version.NftVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The nft of this machine, and in which network namespace it works. */
final class InstalledNft {
  @Option(
      names = "--netns",
      paramLabel = "NAME",
      description = "The network namespace, as 'ip netns add' names it; default: our own.")
  private @Nullable String name;

  InstalledNft() {}

  /** Returns its release, or 1.0.6 where there is none. */
  static NftVersion version() {
    try {
      return NftProgram.find().version();
    } catch (NftException e) {
      return NftVersion.V1_0_6;
    }
  }

  NetworkNamespace namespace() {
    return name == null ? NetworkNamespace.own() : NetworkNamespace.named(name);
  }

  Nftables open() throws NftException {
    return Nftables.in(namespace());
  }
}
