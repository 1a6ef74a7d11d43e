package dev.tiaki.netfilter.nftables.transport;

import dev.tiaki.netfilter.netlink.NetworkNamespace;
import dev.tiaki.netfilter.nftables.version.NftVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The program nft of this machine.
 *
 * @param path where it is, absolute
 * @param version its release
 * @param banner what it says about itself, such as {@code nftables v1.0.6 (Lester Gooch #5)}
 */
public record NftProgram(Path path, NftVersion version, String banner) {
  private static final Duration QUICK = Duration.ofSeconds(10);
  private static final String NAME = "nftables ";

  /**
   * Returns the nft that {@link #locate} finds, which is asked for its release.
   *
   * @throws NftException when there is none
   */
  public static NftProgram find() throws NftException {
    return at(locate());
  }

  /**
   * Returns where nft is, as {@link InstalledPrograms} says; it is not asked for its release.
   *
   * @throws NftException when there is none
   */
  public static Path locate() throws NftException {
    return InstalledPrograms.find("nft")
        .orElseThrow(() ->
            new NftException(
                NftException.Kind.NO_PROGRAM,
                "there is no nft; install it (Debian: apt-get install nftables)"));
  }

  /**
   * Returns the nft at this place, which is asked for its release.
   *
   * @throws NftException when it is none
   */
  public static NftProgram at(Path path) throws NftException {
    Path absolute = path.toAbsolutePath();
    NftAnswer answer =
        new ChildProcess(NetworkNamespace.own(), QUICK)
            .run(List.of(absolute.toString(), "--version"), "");
    String said = answer.output().strip();
    NftVersion version =
        said.startsWith(NAME) ? NftVersion.parse(said.substring(NAME.length())) : null;
    if (version == null) {
      throw new NftException(
          NftException.Kind.NO_PROGRAM,
          absolute
              + " is no nft: asked for its version, it said \""
              + said.lines().findFirst().orElse("")
              + "\"");
    }
    return new NftProgram(absolute, version, said);
  }
}
