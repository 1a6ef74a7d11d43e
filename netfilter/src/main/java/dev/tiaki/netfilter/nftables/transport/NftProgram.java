package dev.tiaki.netfilter.nftables.transport;

import dev.tiaki.netfilter.netlink.NetworkNamespace;
import dev.tiaki.netfilter.nftables.version.NftVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The program nft of this machine.
 *
 * @param path where it is, absolute
 * @param version its release
 * @param banner what it says about itself, such as {@code nftables v1.0.6 (Lester Gooch #5)}
 */
public record NftProgram(Path path, NftVersion version, String banner) {
  private static final List<String> FOLDERS =
      List.of("/usr/sbin", "/sbin", "/usr/local/sbin", "/usr/bin", "/bin");
  private static final Duration QUICK = Duration.ofSeconds(10);
  private static final String NAME = "nftables ";

  /**
   * Returns the first nft in the system's folders, then in those of {@code PATH}.
   *
   * @throws NftException when there is none
   */
  public static NftProgram find() throws NftException {
    String more = System.getenv().getOrDefault("PATH", "");
    Path found =
        Stream.concat(FOLDERS.stream(), Stream.of(more.split(":", -1)))
            .filter(folder -> folder.startsWith("/"))
            .map(folder -> Path.of(folder, "nft"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow(() ->
                new NftException(
                    NftException.Kind.NO_PROGRAM,
                    "there is no nft; install it (Debian: apt-get install nftables)"));
    return at(found);
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

  /**
   * Runs it with other words than {@link NftProcess} does, as a child of the same kind: for scripts
   * in nft's own language.
   *
   * @param namespace where
   * @param arguments what stands behind the program's name
   * @param input what it reads
   * @throws NftException when it cannot be run to its end
   */
  public NftAnswer run(NetworkNamespace namespace, List<String> arguments, String input)
      throws NftException {
    List<String> command = Stream.concat(Stream.of(path.toString()), arguments.stream()).toList();
    return new ChildProcess(namespace, NftProcess.DEFAULT_TIME_LIMIT).run(command, input);
  }
}
