package dev.tiaki.cli.assembly;

import dev.tiaki.dissector.link.WorkerChoice;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.FrameSource;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.packet.PacketOutput;
import dev.tiaki.engine.packet.PacketPool;
import dev.tiaki.engine.worker.Counters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * Several workers that share the flows: this thread reads and copies each frame into the batch of
 * the worker that its two addresses choose.
 */
final class WorkerThreads implements Crew {
  private final boolean keepFlows;
  private final List<WorkerThread> threads = new CopyOnWriteArrayList<>();
  private volatile boolean stopping;
  private long packets;

  WorkerThreads(RunSettings settings, RunOutputs outputs, SharedState shared) {
    keepFlows = settings.keepFlows();
    // one after the other: outputs hand each worker its own part while it is made
    for (int i = 0; i < settings.workers(); i++) {
      int number = i;
      WorkerThread thread =
          new WorkerThread(
              "worker-" + i, () -> new EngineWorker(number, settings, outputs, shared));
      threads.add(thread);
      await(thread.ask(worker -> {}));
      thread.rethrow();
    }
  }

  /** A frame that was only read gets no verdict here. */
  private enum NoVerdict implements PacketOutput {
    INSTANCE;

    @Override
    public void accepted(Packet packet) {}

    @Override
    public void dropped(Packet packet, DropReason reason) {}
  }

  @Override
  public void loadRules() {
    // one after the other, so that what rule files print does not mix
    for (WorkerThread thread : threads) {
      await(thread.ask(EngineWorker::loadRules));
      thread.rethrow();
    }
  }

  @Override
  public void start() {
    everyone(EngineWorker::start);
  }

  @Override
  public void beginCapture(String name, int rank) {
    everyone(worker -> worker.beginCapture(name, rank));
  }

  @Override
  public void process(FrameSource source) throws IOException {
    Packet read = new PacketPool(NoVerdict.INSTANCE).acquire();
    try {
      while (!stopping && source.next(read)) {
        packets++;
        int choice = WorkerChoice.of(read.linkType(), read.array(), read.length(), threads.size());
        WorkerThread thread = threads.get(choice);
        thread.batch().add(read);
        if (thread.batch().isFull()) {
          thread.send();
        }
      }
    } finally {
      for (WorkerThread thread : threads) {
        thread.send();
      }
    }
  }

  @Override
  public void endCapture() {
    everyone(worker -> {
      if (!keepFlows) {
        worker.endFlows();
      }
    });
  }

  @Override
  public void finish() {
    everyone(EngineWorker::endFlows);
    for (WorkerThread thread : threads) {
      await(thread.ask(EngineWorker::close));
      await(thread.ask(EngineWorker::finishRules));
      thread.rethrow();
    }
  }

  private void everyone(Consumer<EngineWorker> action) {
    List<CountDownLatch> latches = new ArrayList<>();
    for (WorkerThread thread : threads) {
      latches.add(thread.ask(action));
    }
    latches.forEach(WorkerThreads::await);
    threads.forEach(WorkerThread::rethrow);
  }

  private static void await(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void stop() {
    stopping = true;
  }

  @Override
  public long packets() {
    return packets;
  }

  @Override
  public Counters counters() {
    Counters sum = new Counters();
    for (WorkerThread thread : threads) {
      if (thread.worker() != null) {
        sum.addAll(thread.worker().counters());
      }
    }
    return sum;
  }

  @Override
  public long nanos() {
    return threads.stream()
        .map(WorkerThread::worker)
        .filter(worker -> worker != null)
        .mapToLong(EngineWorker::nanos)
        .max()
        .orElse(0);
  }

  @Override
  public List<EngineWorker> workers() {
    return threads.stream().map(WorkerThread::worker).filter(Objects::nonNull).toList();
  }

  @Override
  public void close() {
    threads.forEach(WorkerThread::close);
  }
}
