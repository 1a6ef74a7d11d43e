package dev.tiaki.dissector.udpconnection;

import dev.tiaki.dissector.udp.UdpPacket;
import dev.tiaki.engine.enforcement.Confirmation;
import dev.tiaki.engine.enforcement.FlowDecision;
import dev.tiaki.engine.event.EventPoint;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.flow.FlowDroppedListener;

/**
 * The events of UDP flows. One that nobody listens to costs nothing.
 *
 * @param newConnection the first packet between two ends, before the flow is in the table
 * @param receivePacket every packet of a flow, the first one included
 * @param receiveData the same packet, after all listeners of {@code receivePacket}
 * @param detectProtocol the first packet with data of a flow that no protocol was chosen for; a
 *     listener may choose one
 * @param endConnection the flow was dropped, or is forgotten
 * @param dropped the flow as a whole is dropped, or would be; no rule sees this
 * @param decided something was decided about the whole flow
 */
public record UdpConnectionEvents(
    EventPoint<OpenListener> newConnection,
    EventPoint<PacketListener> receivePacket,
    EventPoint<PacketListener> receiveData,
    EventPoint<PacketListener> detectProtocol,
    EventPoint<EndListener> endConnection,
    EventPoint<FlowDroppedListener> dropped,
    EventPoint<DecidedListener> decided) {

  /** Listens to flows that are about to open. */
  @FunctionalInterface
  public interface OpenListener {
    /** {@code udp} opens {@code flow}; dropping the packet alone leaves no flow behind. */
    void newConnection(UdpFlow flow, UdpPacket udp);
  }

  /** Listens to the packets of flows. */
  @FunctionalInterface
  public interface PacketListener {
    /** A packet of {@code flow} came; the listener may edit or drop it, or drop the flow. */
    void packet(UdpFlow flow, UdpPacket udp, Direction direction);
  }

  /** Listens to flows that end. */
  @FunctionalInterface
  public interface EndListener {
    /** {@code flow} has ended; this comes once. */
    void endConnection(UdpFlow flow);
  }

  /** Listens to what is decided about whole flows. */
  @FunctionalInterface
  public interface DecidedListener {
    /**
     * Something was decided about {@code flow}, or the kernel has taken an earlier decision over.
     */
    void decided(UdpFlow flow, FlowDecision decision, Confirmation confirmation);
  }

  /** Makes all events without listeners. */
  public UdpConnectionEvents() {
    this(
        new EventPoint<>("udp_connection:new_connection"),
        new EventPoint<>("udp_connection:receive_packet"),
        new EventPoint<>("udp_connection:receive_data"),
        new EventPoint<>("udp_connection:detect_protocol"),
        new EventPoint<>("udp_connection:end_connection"),
        new EventPoint<>("udp_connection:dropped"),
        new EventPoint<>("udp_connection:decided"));
  }
}
