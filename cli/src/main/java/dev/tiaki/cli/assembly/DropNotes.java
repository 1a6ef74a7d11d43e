package dev.tiaki.cli.assembly;

import dev.tiaki.engine.flow.FlowEntry;
import dev.tiaki.engine.packet.DropOrigin;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.packet.PacketFlow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who is behind each drop of one worker, notes it in the flow's own record, and tells
 * whoever explains drops. What was named with the packet counts first, then the rule or policy that
 * runs, then what was decided about the flow before.
 */
final class DropNotes {
  private final List<DropListener> listeners = new ArrayList<>();
  private Supplier<@Nullable DropOrigin> running = () -> null;

  DropNotes() {}

  /** Says who knows which rule or policy is running. */
  void setRunning(Supplier<@Nullable DropOrigin> who) {
    running = who;
  }

  /** Has {@code listener} told of drops from now on. */
  void tell(DropListener listener) {
    listeners.add(listener);
  }

  /** Notes what is decided about whole flows of {@code chain}. */
  void listen(Chain chain) {
    chain.connections().events().dropped().add(this::flowDropped);
    chain.datagrams().events().dropped().add(this::flowDropped);
  }

  void dropped(Packet packet, DropReason reason) {
    PacketFlow flow = packet.flow();
    DropOrigin origin = packet.blame();
    if (origin == null) {
      origin = origin(flow, reason);
      packet.blame(origin);
    }
    if (flow != null) {
      flow.packetDropped(packet, reason, origin);
    }
    for (int i = 0; i < listeners.size(); i++) {
      listeners.get(i).packetDropped(packet, reason, origin);
    }
  }

  private @Nullable DropOrigin origin(@Nullable PacketFlow flow, DropReason reason) {
    DropOrigin rule = reason == DropReason.RULE ? running.get() : null;
    return rule == null && flow != null ? flow.dropOrigin() : rule;
  }

  private void flowDropped(FlowEntry flow, DropReason reason, long packetNumber) {
    flow.noteDropped(reason, running.get(), packetNumber);
    for (int i = 0; i < listeners.size(); i++) {
      listeners.get(i).flowDropped(flow);
    }
  }
}
