package dev.tiaki.engine.capture;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * One capture that a person named: a file, a file in a folder, or standard input.
 *
 * @param name a path, or {@code -} for standard input
 */
public record CaptureInput(String name) {
  /** What stands for standard input. */
  public static final String STANDARD_INPUT = "-";

  /**
   * Returns the captures that a name stands for: itself, or all files in a folder and the folders
   * below it that begin as captures do, sorted by path.
   *
   * @throws IOException when a folder cannot be read or has no captures; the message names it
   */
  public static List<CaptureInput> of(String name) throws IOException {
    Path path = Path.of(name);
    if (name.equals(STANDARD_INPUT) || !Files.isDirectory(path)) {
      return List.of(new CaptureInput(name));
    }
    List<Path> files = filesBelow(path);
    if (files.isEmpty()) {
      throw new IOException(name + ": the folder has no captures (pcap or pcapng, plain or gzip)");
    }
    return files.stream().map(file -> new CaptureInput(file.toString())).toList();
  }

  /** Opens the capture; standard input is {@link System#in}. */
  public CaptureReader open() throws IOException {
    return name.equals(STANDARD_INPUT)
        ? CaptureReader.open(System.in, "standard input")
        : CaptureReader.open(Path.of(name));
  }

  private static List<Path> filesBelow(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (Files.isRegularFile(file) && looksLikeCapture(file)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            throw new IOException(file + ": cannot be read, permission denied?", e);
          }
        });
    Collections.sort(found);
    return found;
  }

  private static boolean looksLikeCapture(Path file) throws IOException {
    byte[] first = CaptureOpening.firstBytes(file);
    return CaptureMagic.isCapture(CaptureMagic.isGzip(first) ? firstUnpackedBytes(file) : first);
  }

  private static byte[] firstUnpackedBytes(Path file) {
    try (GZIPInputStream stream = new GZIPInputStream(Files.newInputStream(file))) {
      return stream.readNBytes(4);
    } catch (IOException notUnpacked) {
      return new byte[0];
    }
  }
}
