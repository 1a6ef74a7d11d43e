package dev.tiaki.cli.assembly;

import dev.tiaki.engine.packet.FrameSource;
import dev.tiaki.engine.worker.Counters;
import java.io.IOException;
import java.util.List;

/**
 * The workers of a run. Called by the thread that reads the captures, but {@link #stop}, which any
 * thread may call.
 */
interface Crew extends AutoCloseable {
  /** No worker at all. */
  Crew NOBODY = new NoCrew();

  /** Returns one worker on this thread, or several on threads of their own. */
  static Crew of(RunSettings settings, RunOutputs outputs, SharedState shared) {
    return settings.workers() == 1
        ? new SingleWorker(new EngineWorker(0, settings, outputs, shared), settings.keepFlows())
        : new WorkerThreads(settings, outputs, shared);
  }

  void loadRules();

  void start();

  void beginCapture(String name, int rank);

  /** Processes all frames of {@code source}; an exception comes after those before the break. */
  void process(FrameSource source) throws IOException;

  /** Ends what ends with a capture; no worker is busy afterwards. */
  void endCapture();

  /** Ends all flows and tells the rules; no worker is busy afterwards. */
  void finish();

  void stop();

  /** Returns how many packets were processed; exact while no worker is busy. */
  long packets();

  /** Returns the sums of all workers' counters; while no worker is busy. */
  Counters counters();

  /** Returns the newest time of any worker; while no worker is busy. */
  long nanos();

  /** Returns the workers that were made, by number; any thread. */
  List<EngineWorker> workers();

  @Override
  void close();
}
