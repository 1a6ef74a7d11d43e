package dev.tiaki.cli.conntrack;

import dev.tiaki.netfilter.connections.ConnectionSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** The samples of {@code stats} between two processes: a line each, second and count. */
final class SampleFile {
  private final Path file;

  SampleFile(Path file) {
    this.file = file;
  }

  /** Reads the samples, none when there is no file yet. */
  List<ConnectionSample> read() throws IOException {
    if (Files.notExists(file)) {
      return List.of();
    }
    List<ConnectionSample> samples = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.matches("\\d{1,18} \\d{1,18}")) {
        throw new IOException(
            file + ":" + (samples.size() + 1) + ": a second and a count expected, is it ours?");
      }
      String[] words = line.split(" ", -1);
      samples.add(new ConnectionSample(Long.parseLong(words[0]), Long.parseLong(words[1])));
    }
    return samples;
  }

  /** Writes the samples beside the file and puts them in its place: it is whole at any time. */
  void write(List<ConnectionSample> samples) throws IOException {
    Path next = Path.of(file + ".new");
    Files.write(next, samples.stream().map(one -> one.epochSecond() + " " + one.count()).toList());
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
