package dev.tiaki.cli.streams;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The folder of {@code --streams} and its index {@code streams.tsv}.
 *
 * <p>Streams are numbered from 0 in each capture, in the order of their first packets. Several
 * workers meet them in no fixed order, so the numbers, and with them the names of the files, are
 * given when a capture is through.
 */
public final class StreamFolder implements Closeable {
  /** How many files are open at once, shared among the workers. */
  static final int MAX_OPEN_FILES = 256;

  private static final String HEADER =
      "capture\tstream\tdirection\tclient_ip\tclient_port\tserver_ip\tserver_port\tbytes\tsha256"
          + "\tgaps\tfile\n";

  private final Path folder;
  private final BufferedWriter index;
  private final List<StreamFiles> writers = new ArrayList<>();
  private final Map<Integer, String> prefixes = new HashMap<>();
  private final Set<String> takenPrefixes = new HashSet<>();

  /**
   * Makes the folder when it is missing and begins its index anew.
   *
   * @throws IOException when that fails; the message names the folder
   */
  public StreamFolder(Path folder) throws IOException {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(folder + ": not a folder; name another one for the streams", e);
    }
    this.index = Files.newBufferedWriter(folder.resolve("streams.tsv"), StandardCharsets.UTF_8);
    index.write(HEADER);
  }

  /** Returns what one of {@code workers} workers writes its streams with. */
  public StreamFiles writer(int worker, int workers) {
    StreamFiles files =
        new StreamFiles(folder, worker, Math.max(1, MAX_OPEN_FILES / Math.max(1, workers)));
    writers.add(files);
    return files;
  }

  /**
   * Numbers and indexes every stream that the workers have collected; they must be at rest.
   *
   * @throws IOException when a file cannot be written
   */
  public void endCapture() throws IOException {
    List<StreamFiles.Pair> all = new ArrayList<>();
    for (StreamFiles writer : writers) {
      all.addAll(writer.take());
    }
    all.sort(
        Comparator.comparingInt((StreamFiles.Pair pair) -> pair.row().captureRank())
            .thenComparingLong(pair -> pair.row().firstPacket()));
    Map<Integer, Integer> next = new HashMap<>();
    for (StreamFiles.Pair pair : all) {
      int number = next.merge(pair.row().captureRank(), 1, Integer::sum) - 1;
      index(pair, number);
    }
    index.flush();
  }

  private void index(StreamFiles.Pair pair, int number) throws IOException {
    for (StreamFile direction : List.of(pair.up(), pair.down())) {
      if (direction.hasPayload()) {
        String hash = direction.finish();
        String name =
            prefix(pair.row()) + "-" + number + "-" + direction.direction().word() + ".bin";
        Files.move(direction.file(), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        index.write(line(pair.row(), number, direction, hash, name));
      }
    }
  }

  private static String line(
      StreamRow row, int number, StreamFile direction, String hash, String name) {
    return String.join(
            "\t",
            row.capture(),
            Integer.toString(number),
            direction.direction().word(),
            row.clientIp(),
            Integer.toString(row.clientPort()),
            row.serverIp(),
            Integer.toString(row.serverPort()),
            Long.toString(direction.length()),
            hash,
            Integer.toString(direction.gaps()),
            name)
        + "\n";
  }

  /** Two captures may have the same base name in different folders. */
  private String prefix(StreamRow row) {
    return prefixes.computeIfAbsent(
        row.captureRank(),
        rank -> {
          String base = row.capture().substring(row.capture().lastIndexOf('/') + 1);
          String safe = base.replaceAll("[^A-Za-z0-9._+-]", "_");
          String name = safe.equals("-") || safe.isEmpty() ? "stdin" : safe;
          String unique = name;
          for (int i = 2; !takenPrefixes.add(unique); i++) {
            unique = name + "~" + i;
          }
          return unique;
        });
  }

  @Override
  public void close() throws IOException {
    for (StreamFiles writer : writers) {
      writer.close();
    }
    index.close();
  }
}
