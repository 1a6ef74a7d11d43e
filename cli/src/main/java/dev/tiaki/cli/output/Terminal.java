package dev.tiaki.cli.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells whether the standard streams are a terminal, and whether it shows colours. */
public final class Terminal {
  private Terminal() {}

  /** Tells whether standard output is a terminal. */
  public static boolean isOutput() {
    return isTerminal(1);
  }

  /** Tells whether standard error is a terminal. */
  public static boolean isError() {
    return isTerminal(2);
  }

  /** Tells whether standard output is a terminal that shows colours. */
  public static boolean outputHasColors() {
    return isOutput() && showsColors(System.getenv().getOrDefault("TERM", ""));
  }

  static boolean showsColors(String term) {
    return !term.isEmpty() && !term.equals("dumb");
  }

  // System.console() answers for standard input and output together; the link answers for one.
  private static boolean isTerminal(int descriptor) {
    try {
      return isTerminalDevice(
          Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString());
    } catch (IOException e) {
      return false;
    }
  }

  static boolean isTerminalDevice(String device) {
    return device.startsWith("/dev/pts/")
        || device.startsWith("/dev/tty")
        || device.equals("/dev/console");
  }
}
