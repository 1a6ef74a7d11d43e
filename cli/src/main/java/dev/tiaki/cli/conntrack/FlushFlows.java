package dev.tiaki.cli.conntrack;

import dev.tiaki.netfilter.conntrack.Conntrack;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tiaki conntrack flush}. */
@Command(
    name = "flush",
    description = {
      "Delete all connections of the network namespace, or those that pass every filter.",
      "Unlike 'delete' it does not say how many; by mark, status and zone the kernel chooses."
    })
final class FlushFlows extends TableCommand {
  @Mixin private FilterOptions options = new FilterOptions();

  @Option(names = "--expect", description = "Delete all expectations, and no connection.")
  private boolean expected;

  FlushFlows() {}

  @Override
  int work(Conntrack conntrack, PrintWriter out) throws IOException {
    if (expected) {
      conntrack.flushExpectations();
    } else {
      conntrack.flush(options.filter());
    }
    return 0;
  }
}
