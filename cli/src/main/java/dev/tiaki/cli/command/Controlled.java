package dev.tiaki.cli.command;

import dev.tiaki.cli.assembly.RunOutputs;
import dev.tiaki.cli.control.ControlServer;
import dev.tiaki.cli.control.ControlSettings;
import dev.tiaki.cli.control.event.EventHub;
import dev.tiaki.cli.control.view.Subject;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** The control API around a run, if it is wanted. */
final class Controlled implements AutoCloseable {
  private final String command;
  private final ControlSettings settings;
  private final EventHub hub = new EventHub();
  private @Nullable FutureTask<ControlServer> opening;
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

  /** Begins to open it, beside what else a start has to do. */
  void begin(Subject subject) {
    if (settings.isOn()) {
      FutureTask<ControlServer> task =
          new FutureTask<>(() -> ControlServer.open(settings, subject, hub));
      Thread.ofPlatform().name("control-start").daemon().start(task);
      opening = task;
    }
  }

  /**
   * Waits until it is served, if it is wanted.
   *
   * @throws IOException when a place that was asked for cannot be taken
   */
  void await() throws IOException {
    if (opening == null) {
      return;
    }
    ControlServer opened = result(opening);
    for (String problem : opened.problems()) {
      System.err.println("tiaki " + command + ": no control API: " + problem);
    }
    if (command.equals("run")) { // what a replay says on standard error may be JSON
      opened.places().forEach(place -> System.err.println("tiaki run: control API at " + place));
    }
    server = opened;
  }

  private static ControlServer result(FutureTask<ControlServer> opening) throws IOException {
    try {
      return opening.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the control API was opened", e);
    } catch (ExecutionException e) {
      throw new IOException(Objects.requireNonNull(e.getCause()).getMessage(), e);
    }
  }

  /** The workers have begun; to be called when it is served. */
  void begun() {
    if (server != null) {
      server.follow();
    }
  }

  /** Ends it; again does nothing. */
  @Override
  public void close() throws IOException {
    FutureTask<ControlServer> begun = opening;
    opening = null;
    if (begun == null) {
      return;
    }
    ControlServer opened;
    try {
      opened = result(begun);
    } catch (IOException e) {
      return; // said by await, or what stopped the start before has been said
    }
    opened.close();
  }
}
