package dev.tiaki.cli.table;

import dev.tiaki.dissector.ip.IpEvents;
import dev.tiaki.dissector.ip.IpPacket;
import dev.tiaki.netfilter.conntrack.IpProtocol;
import dev.tiaki.netfilter.conntrack.ReplayConntrack;
import dev.tiaki.netfilter.conntrack.TcpSegment;
import dev.tiaki.netfilter.conntrack.Tuple;

/**
 * Shows the packets of one worker to a table in memory, each datagram once: whole ones as they come
 * and those in fragments when they are put together, as the kernel does.
 */
public final class TableFeed {
  private final ReplayConntrack table;

  private TableFeed(ReplayConntrack table) {
    this.table = table;
  }

  /** Lets {@code table} see what {@code family} tells of from now on, before later listeners. */
  public static void connect(ReplayConntrack table, IpEvents family) {
    TableFeed feed = new TableFeed(table);
    family.receivePacket().add(feed::received);
    family.receivePacketReassembled().add(feed::reassembled);
  }

  private void received(IpPacket ip) {
    if (!ip.isFragment()) {
      observe(ip);
    }
  }

  private void reassembled(IpPacket ip) {
    if (ip.isReassembled()) {
      observe(ip);
    }
  }

  private void observe(IpPacket ip) {
    Tuple tuple = PacketTuple.of(ip);
    boolean tcp = ip.protocol() == IpProtocol.TCP;
    TcpSegment segment = tuple == null || !tcp ? null : PacketTuple.segment(ip);
    if (tuple != null && (segment != null || !tcp)) {
      table.observe(tuple, segment, ip.wireLength(), ip.packet().timestampNanos());
    }
  }
}
