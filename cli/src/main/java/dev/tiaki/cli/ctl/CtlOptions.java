package dev.tiaki.cli.ctl;

import dev.tiaki.cli.control.ControlSettings;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What every command to a running engine takes. */
final class CtlOptions {
  @Option(
      names = {"-s", "--socket"},
      paramLabel = "FILE",
      description = "The engine's control socket (default: /run/tiaki/control.sock).")
  Path socket = ControlSettings.DEFAULT_SOCKET;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this and exit.")
  boolean help;

  CtlOptions() {}

  ControlClient client() {
    return new ControlClient(socket);
  }
}
