package dev.tiaki.cli.command;

import dev.tiaki.cli.assembly.RunOutputs;
import dev.tiaki.cli.control.ControlServer;
import dev.tiaki.cli.control.ControlSettings;
import dev.tiaki.cli.control.event.EventHub;
import dev.tiaki.cli.control.view.Subject;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The control API around a run, if it is wanted. */
final class Controlled implements AutoCloseable {
  private final String command;
  private final ControlSettings settings;
  private final EventHub hub = new EventHub();
  private @Nullable ControlServer server;

  /** Prepares it for {@code tiaki COMMAND}; nothing is served yet. */
  Controlled(String command, ControlSettings settings) {
    this.command = command;
    this.settings = settings;
  }

  /** Returns outputs of which those hear who listen over the API. */
  RunOutputs around(RunOutputs outputs) {
    return settings.isOn()
        ? outputs.with(hub.around(outputs.log()), hub.around(outputs.alerts()))
        : outputs;
  }

  /**
   * Begins to serve.
   *
   * @throws CommandFailure when a place that was asked for cannot be taken
   */
  void open(Subject subject) throws CommandFailure {
    if (!settings.isOn()) {
      return;
    }
    try {
      server = ControlServer.open(settings, subject, hub);
    } catch (IOException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
    for (String problem : server.problems()) {
      System.err.println("tiaki " + command + ": no control API: " + problem);
    }
    if (command.equals("run")) { // what a replay says on standard error may be JSON
      server.places().forEach(place -> System.err.println("tiaki run: control API at " + place));
    }
  }

  /** The workers have begun. */
  void begun() {
    if (server != null) {
      server.follow();
    }
  }

  @Override
  public void close() throws IOException {
    if (server != null) {
      server.close();
    }
  }
}
