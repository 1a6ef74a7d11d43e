package dev.tiaki.cli.command;

import dev.tiaki.cli.live.StartSteps;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * The start of {@code tiaki run} as its user sees it: the control API, which is opened beside the
 * start of the workers, is served before packets come; then people and the service manager are
 * told.
 *
 * @param what what the run does when it is ready
 */
record RunSteps(String what, Controlled controlled, ServiceNotice notice) implements StartSteps {
  @Override
  public void beforePackets() throws IOException {
    controlled.await();
  }

  @Override
  public void ready() {
    controlled.begun();
    System.err.println("tiaki run: ready, " + what + " (ready in " + millis() + " ms)");
    notice.ready(what);
  }

  /** The time since the process was made, the JVM's own start included. */
  private static long millis() {
    return ProcessHandle.current()
        .info()
        .startInstant()
        .map(start -> Duration.between(start, Instant.now()).toMillis())
        .orElse(-1L);
  }
}
