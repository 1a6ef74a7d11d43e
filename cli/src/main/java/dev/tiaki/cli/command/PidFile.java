package dev.tiaki.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that holds the id of this process while it does its work. */
final class PidFile implements AutoCloseable {
  private final @Nullable Path file;

  private PidFile(@Nullable Path file) {
    this.file = file;
  }

  /**
   * Writes it; nothing for null.
   *
   * @throws CommandFailure when it names another process that runs, or cannot be written
   */
  static PidFile write(@Nullable Path file) throws CommandFailure {
    if (file != null) {
      if (isTaken(file)) {
        throw new CommandFailure(
            file + ": names a process that runs; stop that one, or remove the file");
      }
      try {
        Files.writeString(file, ProcessHandle.current().pid() + "\n");
      } catch (IOException e) {
        throw new CommandFailure(file + ": cannot be written, does its folder exist?", e);
      }
    }
    return new PidFile(file);
  }

  /** Tells whether {@code file} names another process that runs. */
  static boolean isTaken(Path file) {
    try {
      String text = Files.readString(file).strip();
      return text.matches("\\d{1,10}")
          && Long.parseLong(text) != ProcessHandle.current().pid()
          && ProcessHandle.of(Long.parseLong(text)).isPresent();
    } catch (IOException e) {
      return false; // not there
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
