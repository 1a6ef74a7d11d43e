package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.engine.event.EventPoint;
import dev.tiaki.engine.flow.FlowDroppedListener;
import dev.tiaki.engine.packet.DropReason;

/** The events of TCP connections. One that nobody listens to costs nothing. */
public final class TcpConnectionEvents {
  private final EventPoint<NewConnectionListener> newConnection =
      new EventPoint<>("tcp_connection:new_connection");
  private final EventPoint<ReceivePacketListener> receivePacket =
      new EventPoint<>("tcp_connection:receive_packet");
  private final EventPoint<ReceiveDataListener> receiveData =
      new EventPoint<>("tcp_connection:receive_data");
  private final EventPoint<ReceiveDataListener> detectProtocol =
      new EventPoint<>("tcp_connection:detect_protocol");
  private final EventPoint<EndConnectionListener> endConnection =
      new EventPoint<>("tcp_connection:end_connection");

  private final EventPoint<FlowDecidedListener> decided =
      new EventPoint<>("tcp_connection:decided");

  private final EventPoint<FlowDroppedListener> dropped =
      new EventPoint<>("tcp_connection:dropped");

  TcpConnectionEvents() {}

  /** A connection as a whole is dropped, or would be; no rule sees this. */
  public EventPoint<FlowDroppedListener> dropped() {
    return dropped;
  }

  void signalDropped(TcpFlow flow, DropReason reason, long packetNumber) {
    for (int i = 0; i < dropped.size(); i++) {
      dropped.get(i).dropped(flow, reason, packetNumber);
    }
  }

  /** Something was decided about a whole connection; no rule sees this. */
  public EventPoint<FlowDecidedListener> decided() {
    return decided;
  }

  /** A connection is about to open. */
  public EventPoint<NewConnectionListener> newConnection() {
    return newConnection;
  }

  /** A packet of a known connection came in, the SYN included. */
  public EventPoint<ReceivePacketListener> receivePacket() {
    return receivePacket;
  }

  /** Data is available in order, or a stream has finished. */
  public EventPoint<ReceiveDataListener> receiveData() {
    return receiveData;
  }

  /**
   * The first data of a direction of a connection that no protocol was chosen for; a listener may
   * choose one by {@link TcpFlow#setNextDissector}, which then gets these data too.
   */
  public EventPoint<ReceiveDataListener> detectProtocol() {
    return detectProtocol;
  }

  /** A connection has ended. */
  public EventPoint<EndConnectionListener> endConnection() {
    return endConnection;
  }
}
