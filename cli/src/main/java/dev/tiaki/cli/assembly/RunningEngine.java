package dev.tiaki.cli.assembly;

import java.util.List;

/** A run while it goes on, as other threads see and steer it. All methods may be called by any. */
public interface RunningEngine {
  /**
   * Returns the workers that have begun, by number. Of a worker other threads may use its mailbox,
   * its snapshot, its counters and its number; for everything else they ask by the mailbox.
   */
  List<EngineWorker> workers();

  /**
   * Reads the rule files anew and has every worker run them, if they can be loaded.
   *
   * @return what is wrong, one line each with file and line; the old rules go on then
   */
  List<String> reload();

  /** Asks the run to end as a signal does; does not wait for it. */
  void stop();
}
