package dev.tiaki.cli.live;

import dev.tiaki.cli.assembly.WorkerEdge;
import dev.tiaki.engine.log.LogSection;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.packet.PacketOutput;
import dev.tiaki.engine.worker.Counters;
import org.jspecify.annotations.Nullable;

/**
 * Around a worker that only sees copies: nothing is carried out, and a rule that believes otherwise
 * is contradicted once, loudly.
 */
final class ObservingEdge implements WorkerEdge, PacketOutput {
  private @Nullable LogSection log;

  ObservingEdge() {}

  void warnTo(LogSection section) {
    log = section;
  }

  @Override
  public PacketOutput output(Counters counters) {
    return this;
  }

  @Override
  public void accepted(Packet packet) {}

  @Override
  public void dropped(Packet packet, DropReason reason) {
    if (reason == DropReason.RULE || reason == DropReason.FLOW_DROPPED) {
      contradict();
    }
  }

  /** Says that nothing was dropped, the first time. */
  void contradict() {
    if (log != null) {
      log.warn(
          "A RULE DROPPED A PACKET, BUT THIS SOURCE ONLY OBSERVES: the traffic goes on unchanged;"
              + " guard it with --queue to have rules enforced");
      log = null;
    }
  }
}
