package dev.tiaki.dissector.udpconnection;

import dev.tiaki.dissector.udp.UdpPacket;
import dev.tiaki.engine.flow.Direction;

/** A protocol that stands on one UDP flow. */
public interface DatagramDissector {
  /** A packet of the flow came; the dissector sends it or drops it. */
  void receive(UdpFlow flow, UdpPacket udp, Direction direction);
}
