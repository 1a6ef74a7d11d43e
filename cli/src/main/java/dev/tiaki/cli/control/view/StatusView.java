package dev.tiaki.cli.control.view;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a run does at the moment.
 *
 * @param version the program's version
 * @param command {@code run} or {@code replay}
 * @param pid the process's id
 * @param started when it began
 * @param uptimeSeconds how long ago that was
 * @param mode {@code enforcing} or {@code observing}
 * @param sources where packets come from
 * @param rules the rule files
 * @param workers the workers
 * @param queues the kernel queues that are served
 * @param bounds the bounds that were reached
 */
public record StatusView(
    String version,
    String command,
    long pid,
    String started,
    double uptimeSeconds,
    String mode,
    List<String> sources,
    List<String> rules,
    List<WorkerRow> workers,
    List<QueueRow> queues,
    List<BoundRow> bounds) {

  /** Returns what a run publishes; stops no worker. */
  public static StatusView of(Subject subject) {
    return new StatusView(
        subject.version(),
        subject.command(),
        ProcessHandle.current().pid(),
        subject.started().toString(),
        Duration.between(subject.started(), Instant.now()).toMillis() / 1000.0,
        subject.enforcing() ? "enforcing" : "observing",
        subject.sources(),
        subject.rules().stream().map(Path::toString).toList(),
        subject.engine().workers().stream().map(WorkerRow::of).toList(),
        QueueRow.all(subject.queues()),
        BoundRow.reached(subject.engine()));
  }
}
