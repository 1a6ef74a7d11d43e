package dev.tiaki.cli.live;

import java.io.IOException;

/** What the program does at the steps of a run's start. */
public interface StartSteps {
  /**
   * Every worker waits for packets, and none can come yet.
   *
   * @throws IOException when the run is not to begin; its message says why
   */
  void beforePackets() throws IOException;

  /** Everything stands. */
  void ready();
}
