package dev.tiaki.cli.command;

import dev.tiaki.cli.assembly.PacketFile;
import dev.tiaki.cli.eve.EveWriter;
import dev.tiaki.cli.output.AlertLines;
import dev.tiaki.cli.output.AlertText;
import dev.tiaki.cli.output.ByteOutput;
import dev.tiaki.cli.streams.StreamFolder;
import dev.tiaki.cli.table.ConnectionsFile;
import dev.tiaki.engine.capture.CaptureInput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the results of a replay go. */
final class OutputOptions {
  /** How alerts are written for people. */
  enum AlertFormat {
    /** One item a line. */
    PRETTY,
    /** One alert a line. */
    ONELINE
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.pcap",
      description = "Write the packets that leave, with verdicts and edits carried out.")
  @Nullable Path packets;

  @Option(
      names = "--alerts",
      paramLabel = "FILE",
      description = "Write alerts to this file instead of standard output.")
  @Nullable Path alerts;

  @Option(
      names = "--alert-format",
      paramLabel = "FORMAT",
      converter = Words.AlertFormatConverter.class,
      description = "pretty, oneline (default: pretty).")
  AlertFormat alertFormat = AlertFormat.PRETTY;

  @Option(
      names = "--eve",
      paramLabel = "FILE.json",
      description = "Write alert, flow and stats records as JSON lines, in Suricata's EVE layout.")
  @Nullable Path eve;

  @Option(
      names = "--streams",
      paramLabel = "DIR",
      description = "Write each direction of each TCP stream to a file, with DIR/streams.tsv.")
  @Nullable Path streams;

  @Option(
      names = "--explain",
      description = "Print the path of each packet that does not pass, and who decided so.")
  boolean explain;

  /** Where the connections of a replay go; a command's own option sets it. */
  @Nullable Path connections;

  OutputOptions() {}

  /** Opens the outputs; what was opened before one that fails is closed again. */
  OpenOutputs open() throws IOException {
    return open(false);
  }

  /** As {@link #open()}; {@code live} outputs pass each line on at once. */
  OpenOutputs open(boolean live) throws IOException {
    OpenOutputs open = new OpenOutputs(live);
    try {
      if (alerts != null) {
        ByteOutput file = open.closing(new ByteOutput(create(alerts), live));
        open.alerts(new AlertLines(file, new AlertText(separator(), false)));
      } else {
        open.alerts(
            new AlertLines(open.standardOutput(), new AlertText(separator(), open.colors())));
      }
      if (eve != null) {
        open.eve(new EveWriter(create(eve)));
      }
      if (streams != null) {
        open.streams(new StreamFolder(streams));
      }
      if (connections != null) {
        open.connections(new ConnectionsFile(create(connections)));
      }
      if (explain) {
        open.explain();
      }
      if (packets != null) {
        open.packets(new PacketFile(packets, false));
      }
      return open;
    } catch (IOException e) {
      open.close();
      throw e;
    }
  }

  private String separator() {
    return alertFormat == AlertFormat.PRETTY ? AlertText.PRETTY : AlertText.ONE_LINE;
  }

  private static OutputStream create(Path file) throws IOException {
    try {
      return Files.newOutputStream(file);
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": cannot be written, its folder does not exist", e);
    } catch (AccessDeniedException e) {
      throw new IOException(file + ": cannot be written, permission denied", e);
    }
  }

  /**
   * Refuses an output that is one of the captures: it would be emptied before it is read.
   *
   * @throws CommandFailure when there is one
   */
  void refuseToOverwrite(List<CaptureInput> captures) throws CommandFailure, IOException {
    for (@Nullable Path output : new @Nullable Path[] {packets, alerts, eve, connections}) {
      for (CaptureInput capture : captures) {
        Path input = Path.of(capture.name());
        if (output != null
            && Files.exists(output)
            && Files.exists(input)
            && Files.isSameFile(output, input)) {
          throw new CommandFailure(output + ": is one of the captures; name another file to write");
        }
      }
    }
  }
}
