package dev.tiaki.dissector.tcp;

import dev.tiaki.dissector.ip.IpPacket;
import java.util.Arrays;

/**
 * Lets a segment leave, cut where it has outgrown the MTU.
 *
 * <p>The first part keeps the header with its options but loses FIN and PSH; the parts behind it
 * are new IP packets with identification 0 and no options. A segment that arrived larger than the
 * MTU (several joined by offload) may leave as large as it came.
 */
final class SegmentSplitter {
  private static final int MIN_IPV4_HEADER_BYTES = 20;
  private static final int IPV6_HEADER_BYTES = 40;

  private final TcpDissector dissector;
  private final int mtuBytes;

  SegmentSplitter(TcpDissector dissector, int mtuBytes) {
    this.dissector = dissector;
    this.mtuBytes = mtuBytes;
  }

  void send(TcpPacket tcp) {
    if (!tcp.isModified()) {
      if (tcp.ip().isPseudoHeaderModified()) {
        tcp.repair();
      }
      tcp.ip().send();
      return;
    }
    tcp.commit();
    int room = mtuBytes - ipHeaderBytes(tcp) - (tcp.payloadOffset() - tcp.headerOffset());
    if (tcp.payloadLength() <= room || maySendWhole(tcp)) {
      tcp.repair();
      tcp.ip().send();
    } else {
      split(tcp, room);
    }
  }

  private boolean maySendWhole(TcpPacket tcp) {
    return !dissector.context().mode().enforcing()
        || (!dissector.context().mode().hakaCompatible()
            && tcp.payloadLength() <= tcp.receivedPayloadLength());
  }

  private static int ipHeaderBytes(TcpPacket tcp) {
    IpPacket ip = tcp.ip();
    int offset = tcp.headerOffset() - ip.packet().networkOffset();
    int plain = ip.isIpv6() ? IPV6_HEADER_BYTES : MIN_IPV4_HEADER_BYTES;
    return ip.isReassembled() ? plain : offset;
  }

  private void split(TcpPacket tcp, int room) {
    int from = tcp.payloadOffset();
    byte[] payload = Arrays.copyOfRange(tcp.array(), from, from + tcp.payloadLength());
    int flags = tcp.flags();
    int sequence = tcp.sequence();
    int acknowledgment = tcp.acknowledgment();
    int laterRoom = room + (tcp.payloadOffset() - tcp.headerOffset()) - TcpLayout.MIN_HEADER_BYTES;
    int parts = 1 + Math.ceilDiv(payload.length - room, laterRoom);
    TcpPacket[] later = new TcpPacket[parts - 1];
    int at = room;
    for (int i = 0; i < later.length; i++) {
      int length = Math.min(laterRoom, payload.length - at);
      TcpPacket part = continuation(tcp, payload, at, length);
      part.setSequence(sequence + at);
      part.setAcknowledgment(acknowledgment);
      boolean isLast = i == later.length - 1;
      part.setFlags(isLast ? flags : flags & ~(TcpLayout.FIN | TcpLayout.PSH));
      later[i] = part;
      at += length;
    }
    tcp.setFlags(flags & ~(TcpLayout.FIN | TcpLayout.PSH));
    tcp.setPayload(payload, 0, room);
    tcp.repair();
    tcp.ip().send();
    for (TcpPacket part : later) {
      part.repair();
      part.ip().send();
    }
  }

  private TcpPacket continuation(TcpPacket tcp, byte[] payload, int at, int length) {
    IpPacket ip = tcp.ip().continuation(TcpLayout.MIN_HEADER_BYTES + length);
    TcpPacket part = dissector.over(ip);
    part.setSourcePort(tcp.sourcePort());
    part.setDestinationPort(tcp.destinationPort());
    part.setReserved(tcp.reserved());
    part.setWindow(tcp.window());
    part.setUrgentPointer(tcp.urgentPointer());
    System.arraycopy(payload, at, part.array(), part.payloadOffset(), length);
    return part;
  }
}
