package dev.tiaki.dissector.packet;

import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.alert.AlertContext;
import dev.tiaki.engine.alert.AlertNode;
import dev.tiaki.engine.packet.DropOrigin;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.WorkerContext;
import java.util.List;

/** What a layer does with a packet whose header is broken: count it, raise an alert, drop it. */
public final class MalformedPackets {
  private final WorkerContext context;
  private final Counter counter;

  /** Makes the handling for one layer, which counts under {@code protocol.malformed}. */
  public MalformedPackets(WorkerContext context, String protocol) {
    this.context = context;
    this.counter =
        context.counters().counter(protocol + ".malformed", "malformed " + protocol + " packets");
  }

  /** Drops a packet whose addresses are not known. */
  public void drop(Packet packet, String description) {
    drop(packet, description, List.of(), List.of());
  }

  /** Drops a packet from {@code source} to {@code destination}, both as text. */
  public void drop(Packet packet, String description, String source, String destination) {
    drop(
        packet,
        description,
        List.of(AlertNode.address(source)),
        List.of(AlertNode.address(destination)));
  }

  private void drop(
      Packet packet, String description, List<AlertNode> sources, List<AlertNode> targets) {
    counter.increment();
    context
        .alerts()
        .post(
            Alert.ofProtocol(
                context.alertIds().next(),
                context.time().nanos(),
                description,
                sources,
                targets,
                new AlertContext(packet.number(), 0, null, null, null)));
    packet.blame(DropOrigin.of(description));
    packet.drop(DropReason.MALFORMED);
  }
}
