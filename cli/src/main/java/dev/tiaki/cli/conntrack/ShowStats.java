package dev.tiaki.cli.conntrack;

import dev.tiaki.netfilter.conntrack.Conntrack;
import dev.tiaki.netfilter.conntrack.CpuStats;
import dev.tiaki.netfilter.conntrack.TableStats;
import dev.tiaki.netfilter.format.FlowJson;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tiaki conntrack stats}. */
@Command(
    name = "stats",
    description = "Show how full the table is and what each processor counted.")
final class ShowStats extends TableCommand {
  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  ShowStats() {}

  @Override
  int work(Conntrack conntrack, PrintWriter out) throws IOException {
    TableStats stats = conntrack.stats();
    if (json) {
      out.println(
          "{\"entries\":%d,\"max_entries\":%d}".formatted(stats.entries(), stats.maxEntries()));
    } else {
      out.println("entries %d of %d".formatted(stats.entries(), stats.maxEntries()));
    }
    for (CpuStats cpu : conntrack.cpuStats()) {
      out.println(
          json
              ? FlowJson.of(cpu).toString()
              : FlowJson.of(cpu)
                  .toString()
                  .replaceAll("[{}\"]", "")
                  .replace(",", " ")
                  .replace(":", "="));
    }
    return 0;
  }
}
