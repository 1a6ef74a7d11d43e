package dev.tiaki.cli.conntrack;

import dev.tiaki.netfilter.conntrack.Conntrack;
import dev.tiaki.netfilter.conntrack.ConntrackNotFound;
import dev.tiaki.netfilter.conntrack.Flow;
import dev.tiaki.netfilter.conntrack.Tuple;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tiaki conntrack get}. */
@Command(
    name = "get",
    description = "Show the one connection with this tuple; exit status 1 when there is none.")
final class GetFlow extends TableCommand {
  @Mixin private FilterOptions options = new FilterOptions();

  @Mixin private FlowPrinter printer = new FlowPrinter();

  GetFlow() {}

  @Override
  int work(Conntrack conntrack, PrintWriter out) throws IOException {
    TupleReader reader = new TupleReader(options);
    Tuple tuple = reader.tuple();
    Flow flow =
        conntrack
            .get(tuple, reader.zone())
            .orElseThrow(() -> new ConntrackNotFound(tuple.toString()));
    printer.explain(table.decisions());
    printer.head(out);
    printer.print(out, flow, TableOption.now(conntrack), options.labelNames());
    return 0;
  }
}
