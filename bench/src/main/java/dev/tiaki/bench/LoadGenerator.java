package dev.tiaki.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Compiles the deterministic generator and the libpcap floor from the shared folder, and makes the
 * load files.
 */
final class LoadGenerator {
  private final Path sources;
  private final Path folder;

  LoadGenerator(Path sources, Path folder) {
    this.sources = sources;
    this.folder = folder;
  }

  /** Compiles what is not compiled yet. */
  void prepare() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    compile("pktgen", List.of());
    compile("pcapcount", List.of("-lpcap"));
  }

  private void compile(String name, List<String> libraries)
      throws IOException, InterruptedException {
    Path program = folder.resolve(name);
    if (Files.exists(program)) {
      return;
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                "gcc", "-O2", "-o", program.toString(), sources.resolve(name + ".c").toString()));
    command.addAll(libraries);
    MeasuredProcess.run(command);
  }

  /** Returns the file of {@code load} with {@code connections} connections, made when missing. */
  Path file(Load load, int connections) throws IOException, InterruptedException {
    Path file = load.file(folder, connections);
    if (!Files.exists(file)) {
      int concurrency = load.mode().equals("elephant") ? Math.min(connections, 20) : 256;
      MeasuredProcess.run(
          List.of(
              folder.resolve("pktgen").toString(),
              load.mode(),
              file.toString(),
              "1",
              Integer.toString(connections),
              Integer.toString(concurrency),
              "30"));
    }
    return file;
  }

  /** Runs the floor over {@code file}. */
  MeasuredProcess.Outcome floor(Path file) throws IOException, InterruptedException {
    return MeasuredProcess.run(List.of(folder.resolve("pcapcount").toString(), file.toString()));
  }
}
