package dev.tiaki.cli.assembly;

import dev.tiaki.cli.output.ProgressBar;
import dev.tiaki.engine.alert.AlertIds;
import dev.tiaki.engine.capture.Capture;
import dev.tiaki.engine.capture.CaptureInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs rules over captures, one after the other, with one worker or several.
 *
 * <p>A capture that cannot be read, or not wholly, is noted and the next one processed.
 */
public final class CaptureRun implements RunningEngine {
  private final RunSettings settings;
  private final RunOutputs outputs;
  private final EngineErrors engineErrors;
  private final ProgressBar progress;
  private final CaptureReading reading;
  private final Runnable begun;
  private final RuleReload reload;
  private final AlertIds alertIds = new AlertIds();
  private final List<String> failures = new ArrayList<>();
  private volatile boolean stopping;
  private volatile Crew crew = Crew.NOBODY;

  /**
   * Makes a run; nothing is read or loaded yet.
   *
   * @param begun is called when the workers have begun, before the first packet
   */
  public CaptureRun(
      RunSettings settings,
      RunOutputs outputs,
      EngineErrors engineErrors,
      ProgressBar progress,
      CaptureReading reading,
      Runnable begun) {
    this.begun = begun;
    this.settings = settings;
    this.outputs = outputs;
    this.engineErrors = engineErrors;
    this.progress = progress;
    this.reading = reading;
    this.reload = new RuleReload(settings, outputs);
  }

  @Override
  public List<EngineWorker> workers() {
    return crew.workers();
  }

  @Override
  public List<String> reload() {
    return reload.of(workers());
  }

  /** Ends the run after the current packet, with everything that an end brings; any thread. */
  @Override
  public void stop() {
    stopping = true;
    crew.stop();
  }

  /**
   * Loads the rules and processes every capture.
   *
   * @throws dev.tiaki.engine.rule.RuleFailure when a rule file cannot be loaded; nothing was read
   * @throws UncheckedIOException when an output cannot be written
   */
  public RunResult run(List<CaptureInput> captures) {
    long start = System.nanoTime();
    SharedState shared = new SharedState(alertIds, engineErrors, this::stop);
    try (Crew workers = Crew.of(settings, outputs, shared)) {
      crew = workers;
      workers.loadRules();
      workers.start();
      begun.run();
      for (int rank = 0; rank < captures.size() && !stopping; rank++) {
        process(workers, captures.get(rank), rank, captures.size());
      }
      workers.finish();
      return result(workers, captures.size(), System.nanoTime() - start);
    }
  }

  private void process(Crew workers, CaptureInput capture, int rank, int captures) {
    try (Capture reader = reading.open(capture)) {
      beginOutput(reader);
      workers.beginCapture(capture.name(), rank);
      workers.process(
          reading.filtered(new WatchedSource(reader, progress, rank, captures, workers.packets())));
    } catch (IOException e) {
      failures.add(String.valueOf(e.getMessage()));
    } finally {
      endCapture(workers);
    }
  }

  private void beginOutput(Capture reader) {
    try {
      if (outputs.packets() != null) {
        outputs.packets().begin(reader.layout());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void endCapture(Crew workers) {
    workers.endCapture();
    if (outputs.streams() != null && !settings.keepFlows()) {
      indexStreams();
    }
  }

  private void indexStreams() {
    try {
      if (outputs.streams() != null) {
        outputs.streams().endCapture();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RunResult result(Crew workers, int captures, long wallNanos) {
    indexStreams();
    RunResult result =
        new RunResult(
            workers.counters(),
            captures,
            List.copyOf(failures),
            engineErrors.count(),
            alertIds.issued(),
            workers.nanos(),
            wallNanos,
            stopping);
    if (outputs.eve() != null) {
      outputs.eve().stats(result.lastNanos(), EveTotals.of(result));
    }
    return result;
  }
}
