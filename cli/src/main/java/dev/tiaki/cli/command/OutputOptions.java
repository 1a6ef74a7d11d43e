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

/** Where the results of a replay go. */
final class OutputOptions {
  /** How alerts are written for people. */
  enum AlertFormat {
    /** One item a line. */
    PRETTY,
    /** One alert a line. */
    ONELINE
  }

  @Nullable Path packets;

  @Nullable Path alerts;

  AlertFormat alertFormat = AlertFormat.PRETTY;

  @Nullable Path eve;

  @Nullable Path streams;

  boolean explain;

  /** Where the connections of a replay go; a command's own option sets it. */
  @Nullable Path connections;

  OutputOptions() {}

  /** Adds them to a command. */
  void addTo(Options options) {
    options
        .value(Path.class, "-o", "--output")
        .label("FILE.pcap")
        .says("Write the packets that leave, with verdicts and edits carried out.")
        .into(() -> packets, given -> packets = given);
    options
        .value(Path.class, "--alerts")
        .label("FILE")
        .says("Write alerts to this file instead of standard output.")
        .into(() -> alerts, given -> alerts = given);
    options
        .word(AlertFormat.class, "--alert-format")
        .label("FORMAT")
        .says("pretty, oneline (default: pretty).")
        .into(() -> alertFormat, given -> alertFormat = given);
    options
        .value(Path.class, "--eve")
        .label("FILE.json")
        .says("Write alert, flow and stats records as JSON lines, in Suricata's EVE layout.")
        .into(() -> eve, given -> eve = given);
    options
        .value(Path.class, "--streams")
        .label("DIR")
        .says("Write each direction of each TCP stream to a file, with DIR/streams.tsv.")
        .into(() -> streams, given -> streams = given);
    options
        .flag("--explain")
        .says("Print the path of each packet that does not pass, and who decided so.")
        .into(() -> explain, given -> explain = given);
  }

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
