package dev.tiaki.cli.assembly;

import dev.tiaki.engine.flow.FlowEntry;
import dev.tiaki.engine.packet.DropOrigin;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Packet;
import org.jspecify.annotations.Nullable;

/** Is told of each packet that does not pass, and of each flow that is dropped as a whole. */
interface DropListener {
  /** {@code packet} was dropped; its flow's own record is up to date. */
  void packetDropped(Packet packet, DropReason reason, @Nullable DropOrigin origin);

  /** {@code flow} is about to be dropped, or would be; its record says why. */
  void flowDropped(FlowEntry flow);
}
