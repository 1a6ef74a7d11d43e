package dev.tiaki.cli.assembly;

import dev.tiaki.engine.log.LogLevel;
import dev.tiaki.engine.rule.RuleFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Puts rule files, read anew, in place of those that run: everywhere, or nowhere when broken. */
public final class RuleReload {
  /** Rules may recurse; the default of 1 MiB is too little for them. */
  private static final long STACK_BYTES = 64L << 20;

  private static final long PATIENCE_SECONDS = 30;

  private final RunSettings settings;
  private final RunOutputs outputs;

  /** Makes a reload of the rules of {@code settings}. */
  public RuleReload(RunSettings settings, RunOutputs outputs) {
    this.settings = settings;
    this.outputs = outputs;
  }

  /**
   * Reloads; any thread but a worker's. What comes of it is logged too.
   *
   * @return what is wrong, one line each; empty when all workers run the new rules
   */
  public synchronized List<String> of(List<EngineWorker> workers) {
    List<String> problems = check();
    if (problems.isEmpty()) {
      problems = spread(workers);
    }
    if (problems.isEmpty()) {
      outputs.log().write("core", LogLevel.INFO, "rules reloaded");
    }
    for (String problem : problems) {
      outputs
          .log()
          .write("core", LogLevel.ERROR, "rules not reloaded, the old ones go on: " + problem);
    }
    return problems;
  }

  private List<String> check() {
    FutureTask<List<String>> task =
        new FutureTask<>(() -> RuleCheck.of(settings.rules(), settings, outputs.silent()).errors());
    Thread thread = new Thread(null, task, "reload", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    String problem = problem(task);
    return problem == null ? task.resultNow() : List.of(problem);
  }

  private static List<String> spread(List<EngineWorker> workers) {
    List<CompletableFuture<Boolean>> asked = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (EngineWorker worker : workers) {
      try {
        asked.add(
            worker
                .mailbox()
                .ask(() -> {
                  worker.reloadRules();
                  return true;
                }));
      } catch (RejectedExecutionException refused) {
        problems.add(String.valueOf(refused.getMessage()));
      }
    }
    for (CompletableFuture<Boolean> answer : asked) {
      String problem = problem(answer);
      if (problem != null) {
        problems.add(problem);
      }
    }
    return problems;
  }

  private static @Nullable String problem(Future<?> answer) {
    try {
      answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return null;
    } catch (ExecutionException e) {
      return e.getCause() instanceof RuleFailure failure
          ? String.valueOf(failure.getMessage())
          : String.valueOf(e.getCause());
    } catch (TimeoutException e) {
      return "no end of loading them after " + PATIENCE_SECONDS + " seconds";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
