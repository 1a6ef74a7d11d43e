package dev.tiaki.cli.control;

import dev.tiaki.cli.assembly.EngineWorker;
import dev.tiaki.cli.control.event.EventHub;
import dev.tiaki.cli.control.http.BearerToken;
import dev.tiaki.cli.control.http.HttpServer;
import dev.tiaki.cli.control.resource.Places;
import dev.tiaki.cli.control.view.FlowRow;
import dev.tiaki.cli.control.view.Subject;
import dev.tiaki.tracker.ConnectionTracker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The control API of one run, from before its first packet to behind its last. */
public final class ControlServer implements AutoCloseable {
  private final Subject subject;
  private final EventHub hub;
  private final HttpServer server;
  private final List<String> places = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private ControlServer(ControlSettings settings, Subject subject, EventHub hub) {
    this.subject = subject;
    this.hub = hub;
    ConnectionTracker tracker = ConnectionTracker.create();
    this.server = new HttpServer(Places.of(subject, hub, tracker, settings.socket()), tracker);
  }

  /**
   * Begins to serve; answers about workers come when these have begun.
   *
   * @param hub is told what happens
   * @throws IOException when a place that was asked for cannot be taken; the message says why
   */
  public static ControlServer open(ControlSettings settings, Subject subject, EventHub hub)
      throws IOException {
    ControlServer made = new ControlServer(settings, subject, hub);
    try {
      made.listen(settings);
      return made;
    } catch (IOException e) {
      made.close();
      throw e;
    }
  }

  private void listen(ControlSettings settings) throws IOException {
    if (settings.socket() != null) {
      listen(settings.socket(), settings.group(), settings.required());
    }
    ControlSettings.Remote remote = settings.remote();
    if (remote != null) {
      BearerToken token = BearerToken.read(remote.tokenFile());
      places.add("https:/" + server.listen(remote.address(), remote.tls(), token));
    }
  }

  private void listen(Path socket, @Nullable String group, boolean required) throws IOException {
    try {
      if (socket.equals(ControlSettings.DEFAULT_SOCKET)) {
        Files.createDirectories(socket.getParent());
      }
      server.listen(socket, group);
      places.add(socket.toString());
    } catch (IOException e) {
      if (required) {
        throw e;
      }
      problems.add(String.valueOf(e.getMessage()));
    }
  }

  /** Returns where the API is served. */
  public List<String> places() {
    return List.copyOf(places);
  }

  /** Returns why it is not served where it would have been by default. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /** Has the ends of flows told to listeners; to be called once, when the workers have begun. */
  public void follow() {
    for (EngineWorker worker : subject.engine().workers()) {
      try {
        CompletableFuture<Boolean> _ =
            worker
                .mailbox()
                .ask(() -> {
                  follow(worker);
                  return true;
                });
      } catch (RejectedExecutionException ended) {
        // there is nothing to follow
      }
    }
  }

  /** On the worker's thread. */
  private void follow(EngineWorker worker) {
    int number = worker.context().number();
    worker
        .chain()
        .connections()
        .events()
        .endConnection()
        .add(flow -> {
          if (hub.wantsFlows()) {
            hub.flowEnded(worker.context().time().nanos(), FlowRow.of(number, flow));
          }
        });
    worker
        .chain()
        .datagrams()
        .events()
        .endConnection()
        .add(flow -> {
          if (hub.wantsFlows()) {
            hub.flowEnded(worker.context().time().nanos(), FlowRow.of(number, flow));
          }
        });
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
