package dev.tiaki.cli.conntrack;

import dev.tiaki.netfilter.conntrack.Conntrack;
import dev.tiaki.netfilter.conntrack.Expectation;
import dev.tiaki.netfilter.conntrack.Filter;
import dev.tiaki.netfilter.conntrack.Flow;
import dev.tiaki.netfilter.conntrack.LabelNames;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tiaki conntrack list}. */
@Command(name = "list", description = "List the connections that pass every filter.")
final class ListFlows extends TableCommand {
  @Mixin private FilterOptions options = new FilterOptions();

  @Mixin private FlowPrinter printer = new FlowPrinter();

  @Option(
      names = {"-z", "--zero"},
      description = "Set the counters of what is listed to zero.")
  private boolean zero;

  @ArgGroup private Other other = new Other();

  /** What else than the connections is listed. */
  static final class Other {
    @Option(names = "--expect", description = "List the flows that helpers expect.")
    private boolean expected;

    @Option(
        names = "--dying",
        description = "List what ended but could not be told to a reliable listener yet.")
    private boolean dying;

    Other() {}
  }

  ListFlows() {}

  @Override
  int work(Conntrack conntrack, PrintWriter out) throws IOException {
    if (other.expected) {
      for (Expectation expectation : conntrack.expectations()) {
        printer.print(out, expectation);
      }
      return 0;
    }
    Filter filter = options.filter();
    LabelNames names = options.labelNames();
    Instant now = TableOption.now(conntrack);
    try (Stream<Flow> flows = flows(conntrack, filter)) {
      printer.explain(table.decisions());
      printer.head(out);
      flows.forEach(flow -> printer.print(out, flow, now, names));
    }
    return 0;
  }

  private Stream<Flow> flows(Conntrack conntrack, Filter filter) throws IOException {
    if (other.dying) {
      return conntrack.dying().stream().filter(filter::matches);
    }
    return zero ? conntrack.dumpAndZeroCounters(filter) : conntrack.dump(filter);
  }
}
