package dev.tiaki.dissector.tcp;

import dev.tiaki.engine.packet.DropReason;
import java.util.ArrayDeque;

/**
 * The packets that streams of rules keep from the worker, oldest first. There is a bound for all of
 * a worker's streams together, as rules may make any number of them and forget them: when it is
 * reached the oldest packets are dropped. What is still kept at the end is dropped then.
 */
final class HeldPackets {
  /** At most so many packets are kept. */
  static final int MAX_PACKETS = 4096;

  /** At most so many octets are kept. */
  static final int MAX_BYTES = 16 << 20;

  private final ArrayDeque<Held> packets = new ArrayDeque<>();
  private int bytes;

  private record Held(TcpPacket tcp, int bytes) {}

  void hold(TcpPacket tcp) {
    tcp.retain().packet().hold();
    packets.addLast(new Held(tcp, tcp.packet().length()));
    bytes += tcp.packet().length();
    while (!packets.getFirst().tcp().isValid()) {
      release();
    }
    while (packets.size() > MAX_PACKETS || bytes > MAX_BYTES) {
      release().tcp().drop(DropReason.BOUND);
    }
  }

  private Held release() {
    Held oldest = packets.removeFirst();
    bytes -= oldest.bytes();
    return oldest;
  }

  void finish() {
    while (!packets.isEmpty()) {
      release().tcp().drop(DropReason.INCOMPLETE);
    }
  }
}
