package dev.tiaki.cli.conntrack;

import dev.tiaki.netfilter.conntrack.Conntrack;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code tiaki conntrack flush}. */
@Command(name = "flush", description = "Delete all connections of the network namespace.")
final class FlushFlows extends TableCommand {

  FlushFlows() {}

  @Override
  int work(Conntrack conntrack, PrintWriter out) throws IOException {
    conntrack.flush();
    return 0;
  }
}
