package dev.tiaki.cli.live;

import dev.tiaki.cli.assembly.RunOutputs;
import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.alert.AlertContext;
import dev.tiaki.engine.alert.AlertIds;
import dev.tiaki.engine.log.LogLevel;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * What the run itself has to tell, beside its workers. It is told by a thread of its own: an output
 * that nobody reads may be just what a worker is stuck in, and must not stop who looks after it.
 */
final class LiveNotices implements AutoCloseable {
  private final RunOutputs outputs;
  private final AlertIds ids;
  private final LiveClock clock;
  private final ExecutorService teller =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("notices").daemon().factory());

  LiveNotices(RunOutputs outputs, AlertIds ids, LiveClock clock) {
    this.outputs = outputs;
    this.ids = ids;
    this.clock = clock;
  }

  /** Returns the time of live packets, nanoseconds since the Unix epoch. */
  long nanos() {
    return clock.nanos();
  }

  /** Posts an alert. */
  void alert(String severity, String description) {
    long now = nanos();
    teller.execute(() ->
        outputs
            .alerts()
            .post(
                new Alert(
                    ids.next(),
                    false,
                    now,
                    null,
                    null,
                    severity,
                    null,
                    null,
                    description,
                    null,
                    List.of(),
                    List.of(),
                    List.of(),
                    AlertContext.NONE)));
  }

  /** Writes a log line. */
  void log(LogLevel level, String text) {
    teller.execute(() -> outputs.log().write("live", level, text));
  }

  /** Takes no more; what cannot be told at once stays untold. */
  @Override
  public void close() {
    teller.shutdown();
    try {
      boolean _ = teller.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
