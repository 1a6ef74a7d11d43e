package dev.tiaki.cli.ctl;

import dev.tiaki.cli.control.ControlSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command to a running engine takes. */
final class CtlOptions {
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  @Option(
      names = {"-s", "--socket"},
      paramLabel = "FILE",
      description = "The engine's control socket (default: /run/tiaki/control.sock).")
  @Nullable Path socket;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this and exit.")
  boolean help;

  CtlOptions() {}

  ControlClient client() {
    return new ControlClient(place());
  }

  /** The option may stand before the command's own name too. */
  private Path place() {
    if (socket != null) {
      return socket;
    }
    CommandSpec parent = command.parent();
    return parent != null && parent.userObject() instanceof CtlCommand ctl
        ? ctl.options.place()
        : ControlSettings.DEFAULT_SOCKET;
  }
}
