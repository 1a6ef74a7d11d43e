package dev.tiaki.cli.kernelrules;

import dev.tiaki.netfilter.netlink.NetworkNamespace;
import dev.tiaki.netfilter.nftables.transport.InstalledPrograms;
import dev.tiaki.netfilter.nftables.transport.NftAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Runs the tools that speak to the kernel's packet filter, each as a child of its own. */
public final class Commands {
  private final NetworkNamespace namespace;

  private Commands(NetworkNamespace namespace) {
    this.namespace = namespace;
  }

  /** In the network namespace of this process. */
  public static Commands here() {
    return new Commands(NetworkNamespace.own());
  }

  /** In the network namespace that {@code ip netns add NAME} made. */
  public static Commands in(String namespace) {
    return new Commands(NetworkNamespace.named(namespace));
  }

  /** Returns where they run. */
  NetworkNamespace namespace() {
    return namespace;
  }

  /**
   * How a command ended.
   *
   * @param status its exit status
   * @param output what it printed
   * @param errors what it complained about
   */
  record Result(int status, String output, String errors) {
    boolean isDone() {
      return status == 0;
    }

    /** Returns the first line of the complaint. */
    String complaint() {
      return errors.strip().lines().findFirst().orElse("exit status " + status);
    }
  }

  /**
   * Runs a command to its end.
   *
   * @throws IOException when it is not there, cannot be started or does not end
   */
  Result run(String input, String... words) throws IOException {
    Path program =
        InstalledPrograms.find(words[0])
            .orElseThrow(() -> new IOException("there is no " + words[0] + " on this machine"));
    List<String> arguments = List.of(words).subList(1, words.length);
    NftAnswer answer = InstalledPrograms.run(namespace, program, arguments, input);
    return new Result(answer.exitStatus(), answer.output(), answer.errors());
  }

  /**
   * Runs a command that must succeed, and returns what it printed.
   *
   * @throws IOException when it fails; the message says which one and its complaint
   */
  String must(String input, String... words) throws IOException {
    Result result = run(input, words);
    if (!result.isDone()) {
      throw new IOException(words[0] + ": " + result.complaint());
    }
    return result.output();
  }
}
