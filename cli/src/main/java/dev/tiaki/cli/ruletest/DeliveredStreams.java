package dev.tiaki.cli.ruletest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The streams of a capture as text. */
final class DeliveredStreams {
  private DeliveredStreams() {}

  /**
   * Returns a line {@code --- stream NUMBER DIRECTION} and the bytes, for each direction of each
   * connection; bytes that are no printable ASCII are dots.
   *
   * @param temporary a folder that is there, for files
   * @throws IOException when the capture cannot be replayed
   */
  static String of(Path capture, Path temporary) throws IOException {
    Path folder = temporary.resolve("streams");
    Replay.Outcome outcome =
        Replay.run(
            temporary,
            List.of(
                "--midstream",
                "pickup",
                "--streams",
                folder.toString(),
                "--stats",
                "none",
                capture.toString()));
    if (outcome.status() != 0) {
      throw new IOException(outcome.errors().strip());
    }
    StringBuilder text = new StringBuilder();
    List<String> rows = Files.readAllLines(folder.resolve("streams.tsv"));
    for (String row : rows.subList(1, rows.size())) {
      String[] columns = row.split("\t", -1);
      byte[] bytes = Files.readAllBytes(folder.resolve(columns[columns.length - 1]));
      text.append("--- stream ").append(columns[1]).append(' ').append(columns[2]).append('\n');
      text.append(printable(bytes)).append('\n');
    }
    return text.toString();
  }

  private static String printable(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (char c : new String(bytes, StandardCharsets.ISO_8859_1).toCharArray()) {
      text.append(c == '\n' || (c >= ' ' && c < 0x7f) ? c : '.');
    }
    return text.toString();
  }
}
