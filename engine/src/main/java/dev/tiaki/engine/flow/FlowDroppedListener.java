package dev.tiaki.engine.flow;

import dev.tiaki.engine.packet.DropReason;

/** Listens to flows that are dropped as a whole. */
@FunctionalInterface
public interface FlowDroppedListener {
  /**
   * {@code flow} is about to be dropped, or would be if the engine did not only observe.
   *
   * @param packetNumber the 1-based rank of the packet that is processed, 0 when there is none
   */
  void dropped(FlowEntry flow, DropReason reason, long packetNumber);
}
