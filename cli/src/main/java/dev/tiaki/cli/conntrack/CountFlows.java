package dev.tiaki.cli.conntrack;

import dev.tiaki.netfilter.conntrack.Conntrack;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tiaki conntrack count}. */
@Command(name = "count", description = "Count the connections that pass every filter.")
final class CountFlows extends TableCommand {
  @Mixin private FilterOptions options = new FilterOptions();

  CountFlows() {}

  @Override
  int work(Conntrack conntrack, PrintWriter out) throws IOException {
    out.println(conntrack.count(options.filter()));
    return 0;
  }
}
