package dev.tiaki.dissector.dns;

import dev.tiaki.dissector.tcpconnection.EndedProtocol;
import dev.tiaki.dissector.tcpconnection.StreamDissector;
import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.BufferStream;
import dev.tiaki.engine.flow.Direction;

/** DNS on one TCP connection: each message behind its length (RFC 1035 section 4.2.2). */
final class DnsStreams implements StreamDissector {
  private static final EndedProtocol ENDED = new EndedProtocol(DnsDissector.NAME);

  private final DnsFlow dns;
  private final DnsStream up;
  private final DnsStream down;

  DnsStreams(DnsDissector dissector, TcpFlow flow) {
    dns = new DnsFlow(flow);
    up = new DnsStream(dissector, dns, flow, Direction.UP);
    down = new DnsStream(dissector, dns, flow, Direction.DOWN);
  }

  DnsFlow dns() {
    return dns;
  }

  @Override
  public StreamDissector remains() {
    return ENDED;
  }

  @Override
  public void receive(
      TcpFlow flow, BufferStream stream, BufferIterator current, Direction direction) {
    (direction == Direction.UP ? up : down).receive(stream, current);
    if (flow.canContinue()) {
      flow.send(direction);
    }
  }
}
