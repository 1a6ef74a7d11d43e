package dev.tiaki.cli.assembly;

import dev.tiaki.dissector.tcp.TcpSettings;
import dev.tiaki.engine.enforcement.Enforcement;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.packet.PacketOutput;
import dev.tiaki.engine.worker.Counters;

/** What is around a worker: where its verdicts go, and who enforces its decisions. */
public interface WorkerEdge {
  /** Nothing: verdicts and decisions stay in the worker. */
  WorkerEdge NONE = new Nothing();

  /** Returns where verdicts go; called once, first, with the worker's counters. */
  PacketOutput output(Counters counters);

  /** Returns who enforces decisions about flows: nobody. */
  default Enforcement enforcement() {
    return Enforcement.NONE;
  }

  /** Returns how TCP packets are to be treated here: as {@code settings} say. */
  default TcpSettings adapt(TcpSettings settings) {
    return settings;
  }

  /** Nothing is around the worker. */
  final class Nothing implements WorkerEdge, PacketOutput {
    private Nothing() {}

    @Override
    public PacketOutput output(Counters counters) {
      return this;
    }

    @Override
    public void accepted(Packet packet) {}

    @Override
    public void dropped(Packet packet, DropReason reason) {}
  }
}
