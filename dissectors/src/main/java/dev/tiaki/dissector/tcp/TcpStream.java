package dev.tiaki.dissector.tcp;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.BufferStream;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.engine.log.LogSection;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.packet.Verdict;
import dev.tiaki.engine.stream.SequenceMap;
import dev.tiaki.engine.stream.SequenceNumber;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection that rules put in order themselves: packets go in as they come,
 * their payload can be read and edited as one stream, and packets come out in order with the edits
 * and with sequence numbers that fit them. Connections of {@code tcp_connection} have streams of
 * their own; this is for dissectors that do without it.
 *
 * <p>Invariant: the packets that are early do not overlap, and all of them begin behind {@code
 * next}. Positions are counted in bytes from the first one and never wrap.
 */
public final class TcpStream {
  private static final int MAX_EDITS = 1024;

  private final TcpDissector dissector;
  private final LogSection log;
  private final TreeMap<Long, TcpPacket> early = new TreeMap<>();
  private BufferStream stream = new BufferStream();
  private SequenceMap map = new SequenceMap(MAX_EDITS);
  private boolean initialized;
  private int origin;
  private long next;
  private long sent;

  /** A packet in the stream, and how many bytes of payload it had when it went in. */
  private record Pushed(TcpPacket tcp, int bytes) {}

  TcpStream(TcpDissector dissector) {
    this.dissector = dissector;
    this.log = dissector.context().log().section("tcp");
  }

  /** Says which sequence number the first byte has; before that nothing can go in. */
  public void init(int sequence) {
    initialized = true;
    origin = sequence;
    next = 0;
    sent = 0;
  }

  /** Tells whether {@link #init} was called. */
  public boolean isInitialized() {
    return initialized;
  }

  /** Returns the payloads in order. */
  public BufferStream stream() {
    return stream;
  }

  /** Returns the sequence number behind the last byte that came out, as its receiver knows it. */
  public int lastSequence() {
    return origin + (int) sent + map.delta();
  }

  /**
   * Takes a packet, which from now on waits for {@link #pop}. One with bytes that are known already
   * is dropped with a warning.
   *
   * @return where its payload begins, the end of the stream while bytes before it are missing, or
   *     null when it was dropped
   */
  public @Nullable BufferIterator push(TcpPacket tcp) {
    long start = next + SequenceNumber.distance(origin + (int) next, tcp.sequence());
    if (isKnown(start, start + tcp.payloadLength())) {
      log.warn("retransmit packet (ignored)");
      tcp.drop(DropReason.RETRANSMISSION);
      return null;
    }
    dissector.held().hold(tcp);
    if (start > next) {
      early.put(start, tcp);
      return stream.data().end();
    }
    BufferIterator begin = append(tcp);
    while (!early.isEmpty() && early.firstKey() == next) {
      append(early.pollFirstEntry().getValue());
    }
    return begin;
  }

  private boolean isKnown(long start, long end) {
    Map.Entry<Long, TcpPacket> before = early.floorEntry(start);
    Map.Entry<Long, TcpPacket> behind = early.higherEntry(start);
    return start < next
        || (before != null
            && (before.getKey() == start
                || before.getKey() + before.getValue().payloadLength() > start))
        || (behind != null && behind.getKey() < end);
  }

  private BufferIterator append(TcpPacket tcp) {
    int bytes = tcp.payloadLength();
    next += bytes;
    BufferIterator begin = new BufferIterator();
    stream.push(tcp.takePayload(), new Pushed(tcp, bytes), begin);
    return begin;
  }

  /**
   * Gives out the oldest packet that is in order and whose bytes nothing keeps, ready to be sent;
   * null when there is none. One of which everything was erased comes out dropped.
   */
  public @Nullable TcpPacket pop() {
    if (!(stream.nextAttachment() instanceof Pushed pushed)) {
      return null;
    }
    VirtualBuffer piece = stream.pop();
    if (piece == null) {
      return null;
    }
    TcpPacket tcp = pushed.tcp();
    if (tcp.isValid()) {
      tcp.packet().resume();
      apply(piece, pushed);
    }
    if (piece.size() != pushed.bytes()) {
      map.addEdit(origin + (int) sent, pushed.bytes(), piece.size());
    }
    sent += pushed.bytes();
    return tcp;
  }

  private void apply(VirtualBuffer piece, Pushed pushed) {
    TcpPacket tcp = pushed.tcp();
    adjustSequence(tcp);
    if (piece.isModified()) {
      tcp.setPayload(piece);
    }
    if (pushed.bytes() > 0 && piece.isEmpty()) {
      tcp.drop(DropReason.EMPTIED);
    }
  }

  /** Moves the sequence number of a packet by what edits added so far. */
  public void adjustSequence(TcpPacket tcp) {
    if (map.delta() != 0) {
      tcp.setSequence(tcp.sequence() + map.delta());
    }
  }

  /**
   * Moves what a packet of the other direction acknowledges back to what this one's sender sent.
   */
  public void adjustAcknowledgment(TcpPacket tcp) {
    int original = map.toOriginalLoosely(tcp.acknowledgment());
    if (original != tcp.acknowledgment()) {
      tcp.setAcknowledgment(original);
    }
  }

  /** Drops what has not come out; {@link #init} begins anew. */
  public void clear() {
    stream.forEachAttachment(attached -> {
      if (attached instanceof Pushed pushed) {
        pushed.tcp().drop(DropReason.RULE);
      }
    });
    early.values().forEach(tcp -> tcp.drop(DropReason.RULE));
    early.clear();
    stream.clear();
    stream = new BufferStream();
    map = new SequenceMap(MAX_EDITS);
    initialized = false;
  }

  /** Tells whether a packet is in a stream of rules, which alone decides what becomes of it. */
  static boolean isHeld(Packet packet) {
    return packet.verdict() == Verdict.HELD;
  }
}
