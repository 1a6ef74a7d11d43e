package dev.tiaki.cli.assembly;

import dev.tiaki.engine.packet.FrameSource;
import dev.tiaki.engine.worker.Counters;
import java.util.List;

/** Before a run has workers. */
final class NoCrew implements Crew {
  NoCrew() {}

  @Override
  public void loadRules() {}

  @Override
  public void start() {}

  @Override
  public void beginCapture(String name, int rank) {}

  @Override
  public void process(FrameSource source) {}

  @Override
  public void endCapture() {}

  @Override
  public void finish() {}

  @Override
  public void stop() {}

  @Override
  public long packets() {
    return 0;
  }

  @Override
  public Counters counters() {
    return new Counters();
  }

  @Override
  public long nanos() {
    return 0;
  }

  @Override
  public List<EngineWorker> workers() {
    return List.of();
  }

  @Override
  public void close() {}
}
