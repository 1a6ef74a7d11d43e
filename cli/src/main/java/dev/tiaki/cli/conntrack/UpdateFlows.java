package dev.tiaki.cli.conntrack;

import dev.tiaki.netfilter.conntrack.Conntrack;
import dev.tiaki.netfilter.conntrack.Flow;
import dev.tiaki.netfilter.conntrack.FlowUpdate;
import dev.tiaki.netfilter.conntrack.Labels;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tiaki conntrack update}. */
@Command(name = "update", description = "Change the connections that pass every filter.")
final class UpdateFlows extends TableCommand {
  @Mixin private FilterOptions options = new FilterOptions();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(
      names = "--set-mark",
      paramLabel = "MARK[/MASK]",
      description = "The new mark, or some bits of it.")
  private @Nullable String mark;

  @Option(
      names = {"-t", "--set-timeout"},
      paramLabel = "SECONDS",
      description = "The new timeout.")
  private long timeoutSeconds = Flow.ABSENT;

  @Option(
      names = "--set-status",
      split = ",",
      paramLabel = "STATUS",
      description = "Status words to add, such as ASSURED.")
  private List<String> status = new ArrayList<>();

  @Option(
      names = "--set-label",
      paramLabel = "LABEL",
      description = "A label's number or name to add; may be given several times.")
  private List<String> labels = new ArrayList<>();

  UpdateFlows() {}

  @Override
  int work(Conntrack conntrack, PrintWriter out) throws IOException {
    FlowUpdate update = update();
    if (update.equals(FlowUpdate.NOTHING)) {
      throw new IllegalArgumentException("say what to change with --set-…");
    }
    return say(out, conntrack.updateAll(options.filter(), update), "updated", json);
  }

  private FlowUpdate update() throws IOException {
    FlowUpdate update = FlowUpdate.NOTHING;
    if (mark != null) {
      Numbers.Masked masked = Numbers.masked(mark);
      update = update.withMark(masked.value(), masked.mask());
    }
    if (timeoutSeconds != Flow.ABSENT) {
      update = update.withTimeout(timeoutSeconds);
    }
    int bits = 0;
    for (String word : status) {
      bits |= FilterOptions.statusBit(word);
    }
    if (bits != 0) {
      update = update.withStatus(bits);
    }
    if (!labels.isEmpty()) {
      Labels wanted = Labels.of(options.labelBits(labels));
      update = update.withLabels(wanted, wanted);
    }
    return update;
  }
}
