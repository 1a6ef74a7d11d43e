package dev.tiaki.cli.control.view;

import dev.tiaki.cli.assembly.EngineWorker;
import dev.tiaki.cli.assembly.RunningEngine;
import dev.tiaki.cli.live.QueueRange;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The run that is shown and steered.
 *
 * @param engine the run itself
 * @param command {@code run} or {@code replay}
 * @param version the program's version
 * @param sources where packets come from, in words
 * @param enforcing whether verdicts are carried out
 * @param rules the rule files
 * @param queues the kernel queues that are served, or null
 * @param kernel whether the kernel's connection table is this run's
 * @param started when the program began
 */
public record Subject(
    RunningEngine engine,
    String command,
    String version,
    List<String> sources,
    boolean enforcing,
    List<Path> rules,
    @Nullable QueueRange queues,
    boolean kernel,
    Instant started) {
  private static final long PATIENCE_SECONDS = 2;

  /** Keeps its own copies of the lists. */
  public Subject {
    sources = List.copyOf(sources);
    rules = List.copyOf(rules);
  }

  /**
   * Has a worker do something short between two packets and waits for it, two seconds at most.
   *
   * @throws TimeoutException when it did not come to it in time
   * @throws Exception what the task threw
   */
  public static <T> T ask(EngineWorker worker, Callable<T> task) throws Exception {
    try {
      return worker.mailbox().call(task, PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } catch (TimeoutException e) {
      throw new TimeoutException(
          "worker %d did not answer within %d seconds"
              .formatted(worker.context().number(), PATIENCE_SECONDS));
    }
  }
}
