package dev.tiaki.cli.conntrack;

import dev.tiaki.netfilter.conntrack.ChangeSummary;
import dev.tiaki.netfilter.conntrack.Conntrack;
import dev.tiaki.netfilter.conntrack.Expectation;
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

  @Option(names = "--expect", description = "Delete the expectation with --id instead.")
  private boolean expected;

  DeleteFlows() {}

  @Override
  int work(Conntrack conntrack, PrintWriter out) throws IOException {
    if (expected) {
      return deleteExpectation(conntrack, out);
    }
    Filter filter = options.filter();
    if (filter.isAll()) {
      throw new IllegalArgumentException("say which; 'flush' deletes all");
    }
    return say(out, conntrack.deleteAll(filter), "deleted", json);
  }

  private int deleteExpectation(Conntrack conntrack, PrintWriter out) throws IOException {
    if (options.id == null) {
      throw new IllegalArgumentException("--expect needs --id; 'list --expect' shows the ids");
    }
    long id = Numbers.parse(options.id, Numbers.MAX_U32);
    ChangeSummary summary = ChangeSummary.NONE;
    for (Expectation expectation : conntrack.expectations()) {
      if (expectation.id() == id) {
        summary = summary.plus(conntrack.deleteExpectation(expectation));
      }
    }
    return say(out, summary, "deleted", json);
  }
}
