package dev.tiaki.cli.conntrack;

import dev.tiaki.netfilter.conntrack.Conntrack;
import dev.tiaki.netfilter.conntrack.Filter;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tiaki conntrack delete}. */
@Command(
    name = "delete",
    description = "Delete the connections that pass every filter; exit status 1 when none did.")
final class DeleteFlows extends TableCommand {
  @Mixin private FilterOptions options = new FilterOptions();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  DeleteFlows() {}

  @Override
  int work(Conntrack conntrack, PrintWriter out) throws IOException {
    Filter filter = options.filter();
    if (filter.isAll()) {
      throw new IllegalArgumentException("say which; 'flush' deletes all");
    }
    return say(out, conntrack.deleteAll(filter), "deleted", json);
  }
}
