package dev.tiaki.cli.control.view;

import dev.tiaki.cli.assembly.EngineWorker;
import dev.tiaki.cli.assembly.WorkerSnapshot;
import dev.tiaki.cli.control.event.EventTime;
import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.Counters;

/**
 * A worker.
 *
 * @param number from 0
 * @param packets how many came
 * @param bytes their bytes
 * @param accepted how many passed
 * @param dropped how many did not
 * @param tcpFlows how many TCP connections are followed
 * @param udpFlows how many UDP flows are followed
 * @param heldBytes the memory that data of streams takes
 * @param time the worker's clock
 */
public record WorkerRow(
    int number,
    long packets,
    long bytes,
    long accepted,
    long dropped,
    int tcpFlows,
    int udpFlows,
    long heldBytes,
    String time) {
  private static final String DROPPED = "verdicts.dropped.";

  /** Returns what a worker has published; does not stop it. */
  public static WorkerRow of(EngineWorker worker) {
    WorkerSnapshot snapshot = worker.snapshot();
    Counters counters = worker.counters();
    long dropped = 0;
    for (Counter counter : counters.all()) {
      dropped += counter.name().startsWith(DROPPED) ? counter.value() : 0;
    }
    return new WorkerRow(
        worker.context().number(),
        counters.value("packets"),
        counters.value("bytes"),
        counters.value("verdicts.accepted"),
        dropped,
        snapshot.tcpFlows(),
        snapshot.udpFlows(),
        snapshot.heldBytes(),
        EventTime.of(snapshot.timeNanos()));
  }
}
