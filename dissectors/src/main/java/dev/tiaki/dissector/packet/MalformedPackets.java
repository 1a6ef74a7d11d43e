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

/**
 * What a layer does with a packet whose header is broken: count it, raise an alert, drop it or, if
 * that is chosen, let it pass unseen.
 */
public final class MalformedPackets {
  private final WorkerContext context;
  private final Counter counter;

  /** Makes the handling for one layer, which counts under {@code protocol.malformed}. */
  public MalformedPackets(WorkerContext context, String protocol) {
    this.context = context;
    this.counter =
        context.counters().counter(protocol + ".malformed", "malformed " + protocol + " packets");
  }

  /** Decides about a packet whose addresses are not known. */
  public void refuse(Packet packet, String description) {
    report(packet, description, List.of(), List.of());
    decide(packet);
  }

  /** Decides about a packet from {@code source} to {@code destination}, both as text. */
  public void refuse(Packet packet, String description, String source, String destination) {
    report(packet, description, source, destination);
    decide(packet);
  }

  private void decide(Packet packet) {
    if (context.passMalformed()) {
      packet.accept();
    } else {
      packet.drop(DropReason.MALFORMED);
    }
  }

  /**
   * Counts a packet from {@code source} to {@code destination}, both as text, and raises the alert.
   *
   * @return whether it may pass all the same; that, or dropping it, is left to the caller
   */
  public boolean report(Packet packet, String description, String source, String destination) {
    report(
        packet,
        description,
        List.of(AlertNode.address(source)),
        List.of(AlertNode.address(destination)));
    return context.passMalformed();
  }

  private void report(
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
    if (!context.passMalformed()) {
      packet.blame(DropOrigin.of(description));
    }
  }
}
