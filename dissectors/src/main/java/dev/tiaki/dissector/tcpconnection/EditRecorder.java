package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.dissector.tcp.TcpPacket;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.engine.stream.SequenceMap;
import dev.tiaki.engine.stream.SequenceNumber;

/**
 * Finds out which bytes of a packet's data a rule left, erased and inserted, by looking where the
 * bytes of the edited piece lie in memory, and notes each edit in the direction's map. Haka knew
 * one edit per packet; as it, one is noted when compatibility asks for it.
 */
final class EditRecorder {
  private final SequenceMap map;
  private final boolean wholePackets;

  private byte[] frame = {};
  private int frameBase;
  private int originalBytes;
  private int originalStart;
  private int position;
  private int inserted;

  EditRecorder(TcpHalf half, int maxEdits, boolean wholePackets) {
    this.map = mapOf(half, maxEdits);
    this.wholePackets = wholePackets;
  }

  static SequenceMap mapOf(TcpHalf half, int maxEdits) {
    SequenceMap map = half.map;
    if (map == null) {
      map = new SequenceMap(maxEdits);
      half.map = map;
    }
    return map;
  }

  /**
   * Notes what became of {@code bytes} bytes from the sequence number {@code start} on.
   *
   * @param tcp the packet they came with, its frame not replaced yet
   */
  void record(TcpPacket tcp, int start, int bytes, VirtualBuffer piece) {
    if (wholePackets || !tcp.isValid()) {
      if (piece.size() != bytes) {
        map.addEdit(start, bytes, piece.size());
      }
      return;
    }
    frame = tcp.array();
    frameBase = tcp.payloadOffset() + SequenceNumber.distance(DataPath.firstByte(tcp), start);
    originalBytes = bytes;
    originalStart = start;
    piece.all().forEachRange(this::visit);
    endEdit(originalBytes);
  }

  private boolean visit(byte[] array, int offset, int length) {
    int at = offset - frameBase;
    if (array == frame && at >= position && at + length <= originalBytes) {
      endEdit(at);
      position = at + length;
    } else {
      inserted += length;
    }
    return true;
  }

  private void endEdit(int at) {
    int erased = at - position;
    if (erased > 0 || inserted > 0) {
      map.addEdit(originalStart + position, erased, inserted);
    }
    inserted = 0;
    position = at;
  }
}
