package dev.tiaki.cli.conntrack;

import dev.tiaki.netfilter.conntrack.Conntrack;
import dev.tiaki.netfilter.conntrack.Filter;
import dev.tiaki.netfilter.conntrack.Flow;
import dev.tiaki.netfilter.format.FlowJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.stream.Stream;
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

  @Option(names = "--expect", description = "List the flows that helpers expect, as JSON lines.")
  private boolean expected;

  ListFlows() {}

  @Override
  int work(Conntrack conntrack, PrintWriter out) throws IOException {
    if (expected) {
      conntrack.expectations().forEach(expectation -> out.println(FlowJson.of(expectation)));
      return 0;
    }
    Filter filter = options.filter();
    Instant now = TableOption.now(conntrack);
    try (Stream<Flow> flows =
        zero ? conntrack.dumpAndZeroCounters(filter) : conntrack.dump(filter)) {
      printer.head(out);
      flows.forEach(flow -> printer.print(out, flow, now));
    }
    return 0;
  }
}
