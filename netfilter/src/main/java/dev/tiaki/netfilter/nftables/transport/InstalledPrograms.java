package dev.tiaki.netfilter.nftables.transport;

import dev.tiaki.netfilter.netlink.NetworkNamespace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs of this machine. */
public final class InstalledPrograms {
  /** Before {@code PATH}, which is short for a service and for who is not root. */
  private static final List<String> FOLDERS =
      List.of("/usr/sbin", "/sbin", "/usr/local/sbin", "/usr/bin", "/bin");

  private InstalledPrograms() {}

  /**
   * Returns where a program is: the first of its name in the system's folders, then in those of
   * {@code PATH}.
   */
  public static Optional<Path> find(String name) {
    String more = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(FOLDERS.stream(), Stream.of(more.split(":", -1)))
        .filter(folder -> folder.startsWith("/"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Runs a program to its end, as a child of the kind that {@link NftProcess} has.
   *
   * @param namespace where it works
   * @param program where it is
   * @param arguments what stands behind its name
   * @param input what it reads
   * @throws NftException when it cannot be run to its end
   */
  public static NftAnswer run(
      NetworkNamespace namespace, Path program, List<String> arguments, String input)
      throws NftException {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(arguments);
    return new ChildProcess(namespace, NftProcess.DEFAULT_TIME_LIMIT).run(command, input);
  }
}
