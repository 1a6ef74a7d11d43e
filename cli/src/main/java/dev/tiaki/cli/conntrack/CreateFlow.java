package dev.tiaki.cli.conntrack;

import dev.tiaki.netfilter.conntrack.Conntrack;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tiaki conntrack create}. */
@Command(name = "create", description = "Make an entry.")
final class CreateFlow extends TableCommand {
  @Mixin private FilterOptions options = new FilterOptions();

  @Option(
      names = {"-t", "--timeout"},
      paramLabel = "SECONDS",
      required = true,
      description = "When it ends unless packets come.")
  private long timeoutSeconds;

  CreateFlow() {}

  @Override
  int work(Conntrack conntrack, PrintWriter out) throws IOException {
    conntrack.create(new TupleReader(options).spec(timeoutSeconds));
    return 0;
  }
}
