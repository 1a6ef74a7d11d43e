package dev.tiaki.cli.table;

import dev.tiaki.netfilter.conntrack.Filter;
import dev.tiaki.netfilter.conntrack.Flow;
import dev.tiaki.netfilter.conntrack.ReplayConntrack;
import dev.tiaki.netfilter.format.FlowJson;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The table that a replay fills, written when it is closed: one JSON object a connection. */
public final class ConnectionsFile implements Closeable {
  private final ReplayConntrack table = new ReplayConntrack();
  private final OutputStream file;
  private boolean written;

  /** Makes an empty table that will be written to {@code file}. */
  public ConnectionsFile(OutputStream file) {
    this.file = file;
  }

  /** Returns the table. */
  public ReplayConntrack table() {
    return table;
  }

  @Override
  public void close() throws IOException {
    if (written) {
      return;
    }
    written = true;
    try (Writer lines = new BufferedWriter(new OutputStreamWriter(file, StandardCharsets.UTF_8))) {
      List<Flow> flows = table.dump(Filter.ALL).toList();
      for (Flow flow : flows) {
        lines.write(FlowJson.of(flow).toString());
        lines.write('\n');
      }
    }
  }
}
