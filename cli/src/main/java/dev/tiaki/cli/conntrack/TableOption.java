package dev.tiaki.cli.conntrack;

import dev.tiaki.netfilter.conntrack.ConntrackOptions;
import dev.tiaki.netfilter.conntrack.KernelConntrack;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which table a command works on. */
final class TableOption {
  @Option(
      names = "--netns",
      paramLabel = "NAME",
      description = "The network namespace, as 'ip netns add' names it; default: our own.")
  private @Nullable String namespace;

  TableOption() {}

  KernelConntrack open() throws IOException {
    String name = namespace;
    return KernelConntrack.open(
        name == null ? ConntrackOptions.DEFAULTS : ConntrackOptions.inNamespace(name));
  }
}
