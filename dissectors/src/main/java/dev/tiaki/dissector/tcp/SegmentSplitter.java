package dev.tiaki.dissector.tcp;

import dev.tiaki.dissector.ip.IpPacket;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Lets a segment leave, cut where it has outgrown the MTU.
 *
 * <p>The first part keeps the header with its options but loses FIN and PSH; the parts behind it
 * are new IP packets with identification 0 and no options but timestamps. A segment that arrived
 * larger than the MTU (several joined by offload) may leave as large as it came.
 */
final class SegmentSplitter {
  private static final int MIN_IPV4_HEADER_BYTES = 20;
  private static final int IPV6_HEADER_BYTES = 40;
  private static final int TIMESTAMP_BYTES = 12;
  private static final byte[] NONE = {};

  private final TcpDissector dissector;
  private final int mtuBytes;
  private final boolean keepsJoined;
  private final boolean haka;

  SegmentSplitter(TcpDissector dissector, TcpSettings settings) {
    this.dissector = dissector;
    this.mtuBytes = settings.mtuBytes();
    this.keepsJoined = settings.keepsJoined();
    this.haka = dissector.context().mode().hakaCompatible();
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
    int room = room(tcp);
    if (tcp.payloadLength() <= room || maySendWhole(tcp)) {
      tcp.repair();
      tcp.ip().send();
    } else {
      split(tcp, room);
    }
  }

  /**
   * Returns the payload that fits one packet: the MTU's, and the receiver's MSS (RFC 9293 3.7.1).
   */
  private int room(TcpPacket tcp) {
    int headerBytes = tcp.payloadOffset() - tcp.headerOffset();
    int room = mtuBytes - ipHeaderBytes(tcp) - headerBytes;
    int mss = tcp.maxSegmentBytes() - (headerBytes - TcpLayout.MIN_HEADER_BYTES);
    return Math.max(1, Math.min(room, mss));
  }

  private boolean maySendWhole(TcpPacket tcp) {
    return !dissector.context().mode().enforcing()
        || (!haka && keepsJoined && tcp.payloadLength() <= tcp.receivedPayloadLength());
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
    byte[] options = haka ? NONE : timestamps(tcp);
    int headerBytes = tcp.payloadOffset() - tcp.headerOffset();
    int laterRoom = room + headerBytes - TcpLayout.MIN_HEADER_BYTES - options.length;
    int parts = 1 + Math.ceilDiv(payload.length - room, laterRoom);
    TcpPacket[] later = new TcpPacket[parts - 1];
    int at = room;
    for (int i = 0; i < later.length; i++) {
      int length = Math.min(laterRoom, payload.length - at);
      TcpPacket part = continuation(tcp, options, payload, at, length);
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

  /** A receiver that agreed to timestamps may drop segments without (RFC 7323 section 3.2). */
  private static byte[] timestamps(TcpPacket tcp) {
    if (!tcp.options().has(TcpOption.TIMESTAMPS)) {
      return NONE;
    }
    long value = tcp.options().timestampValue();
    long echo = tcp.options().timestampEcho();
    return ByteBuffer.allocate(TIMESTAMP_BYTES)
        .put((byte) TcpOption.NO_OPERATION)
        .put((byte) TcpOption.NO_OPERATION)
        .put((byte) TcpOption.TIMESTAMPS)
        .put((byte) (TIMESTAMP_BYTES - 2))
        .putInt((int) value)
        .putInt((int) echo)
        .array();
  }

  private TcpPacket continuation(
      TcpPacket tcp, byte[] options, byte[] payload, int at, int length) {
    int headerBytes = TcpLayout.MIN_HEADER_BYTES + options.length;
    IpPacket ip = tcp.ip().continuation(headerBytes + length);
    TcpPacket part = dissector.over(ip, headerBytes);
    System.arraycopy(options, 0, part.array(), part.optionsStart(), options.length);
    part.setSourcePort(tcp.sourcePort());
    part.setDestinationPort(tcp.destinationPort());
    part.setReserved(tcp.reserved());
    part.setWindow(tcp.window());
    part.setUrgentPointer(tcp.urgentPointer());
    System.arraycopy(payload, at, part.array(), part.payloadOffset(), length);
    return part;
  }
}
