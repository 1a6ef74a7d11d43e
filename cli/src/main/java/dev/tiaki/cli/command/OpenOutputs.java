package dev.tiaki.cli.command;

import dev.tiaki.cli.assembly.PacketFile;
import dev.tiaki.cli.assembly.RunOutputs;
import dev.tiaki.cli.eve.EveWriter;
import dev.tiaki.cli.output.ByteOutput;
import dev.tiaki.cli.output.LogLines;
import dev.tiaki.cli.output.Terminal;
import dev.tiaki.cli.streams.StreamFolder;
import dev.tiaki.cli.table.ConnectionsFile;
import dev.tiaki.engine.alert.AlertSink;
import dev.tiaki.netfilter.conntrack.ReplayConntrack;
import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The outputs of one run while they are open, standard output among them. */
final class OpenOutputs implements Closeable {
  private final ByteOutput standardOutput;
  private final ByteOutput standardError =
      new ByteOutput(new FileOutputStream(FileDescriptor.err), true);
  private final boolean colors = Terminal.outputHasColors();
  private final Deque<Closeable> toClose = new ArrayDeque<>();
  private AlertSink alerts = alert -> {};
  private @Nullable EveWriter eve;
  private @Nullable StreamFolder streams;
  private @Nullable PacketFile packets;
  private @Nullable ReplayConntrack connections;
  private boolean explain;

  /**
   * Opens standard output.
   *
   * @param live whether each line is passed on at once though no terminal shows it
   */
  OpenOutputs(boolean live) {
    standardOutput =
        new ByteOutput(new FileOutputStream(FileDescriptor.out), live || Terminal.isOutput());
  }

  ByteOutput standardOutput() {
    return standardOutput;
  }

  boolean colors() {
    return colors;
  }

  <C extends Closeable> C closing(C output) {
    toClose.push(output);
    return output;
  }

  void alerts(AlertSink sink) {
    alerts = sink;
  }

  void eve(EveWriter writer) {
    eve = closing(writer);
  }

  void streams(StreamFolder folder) {
    streams = closing(folder);
  }

  void packets(PacketFile file) {
    packets = closing(file);
  }

  void connections(ConnectionsFile file) {
    connections = closing(file).table();
  }

  /** Has the packets that do not pass explained on standard output. */
  void explain() {
    explain = true;
  }

  RunOutputs toRunOutputs() {
    LogLines log = new LogLines(standardOutput, standardError, colors);
    return new RunOutputs(
        standardOutput,
        log,
        alerts,
        colors,
        eve,
        streams,
        packets,
        connections,
        explain ? standardOutput : null);
  }

  /** Writes and closes everything but standard output, which is only written out. */
  void finish() throws IOException {
    standardOutput.flush();
    while (!toClose.isEmpty()) {
      toClose.pop().close();
    }
  }

  @Override
  public void close() throws IOException {
    finish();
  }
}
