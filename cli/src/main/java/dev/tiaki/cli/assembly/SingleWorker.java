package dev.tiaki.cli.assembly;

import dev.tiaki.engine.packet.FrameSource;
import dev.tiaki.engine.worker.Counters;
import java.io.IOException;
import java.util.List;

/** One worker on the reading thread: no frame is handed over. */
final class SingleWorker implements Crew {
  private final EngineWorker worker;
  private final boolean keepFlows;

  SingleWorker(EngineWorker worker, boolean keepFlows) {
    this.worker = worker;
    this.keepFlows = keepFlows;
  }

  @Override
  public void loadRules() {
    worker.loadRules();
  }

  @Override
  public void start() {
    worker.start();
  }

  @Override
  public void beginCapture(String name, int rank) {
    worker.beginCapture(name, rank);
  }

  @Override
  public void process(FrameSource source) throws IOException {
    worker.run(source);
  }

  @Override
  public void endCapture() {
    if (!keepFlows) {
      worker.endFlows();
    }
  }

  @Override
  public void finish() {
    worker.endFlows();
    worker.close();
    worker.finishRules();
  }

  @Override
  public void stop() {
    worker.stop();
  }

  @Override
  public long packets() {
    return worker.counters().value("packets");
  }

  @Override
  public Counters counters() {
    return worker.counters();
  }

  @Override
  public long nanos() {
    return worker.nanos();
  }

  @Override
  public List<EngineWorker> workers() {
    return List.of(worker);
  }

  @Override
  public void close() {}
}
