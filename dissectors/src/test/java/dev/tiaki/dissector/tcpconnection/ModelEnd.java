package dev.tiaki.dissector.tcpconnection;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;

/**
 * One naive TCP end: it sends its text in segments of random sizes, sends again what is not
 * acknowledged, in other segments than before, and puts in order what it receives.
 */
final class ModelEnd {
  /** What a segment says. */
  record Segment(int sequence, int acknowledgment, boolean syn, boolean fin, byte[] data) {}

  private static final int WINDOW = 6000;

  private final Random random;
  private final byte[] text;
  private final int firstSequence;
  private final boolean opens;
  private int unacknowledged = -1;
  private int next = -1;
  private boolean peerKnown;
  private int peerFirst;
  private int peerFin = -1;
  private final TreeMap<Integer, byte[]> waiting = new TreeMap<>();
  final ByteArrayOutputStream received = new ByteArrayOutputStream();

  ModelEnd(Random random, byte[] text, boolean opens) {
    this.random = random;
    this.text = text;
    this.opens = opens;
    this.firstSequence = random.nextInt();
  }

  /** Returns whether everything was sent, acknowledged, and received up to the peer's FIN. */
  boolean isDone() {
    return unacknowledged == text.length + 1 && peerFin >= 0 && received.size() == peerFin;
  }

  boolean isSynchronised() {
    return peerKnown && unacknowledged >= 0;
  }

  /** Returns something to send: new data, old data, or an acknowledgement. */
  Segment next() {
    if (!peerKnown) {
      return opens ? new Segment(firstSequence, 0, true, false, new byte[0]) : null;
    }
    if (unacknowledged < 0) {
      return opens
          ? acknowledgment()
          : new Segment(firstSequence, expected(), true, false, new byte[0]);
    }
    if (random.nextInt(4) == 0 && unacknowledged < next) {
      int from = unacknowledged + random.nextInt(next - unacknowledged);
      return data(random.nextInt(3) == 0 ? from : unacknowledged, 1400);
    }
    if (next <= text.length && next - unacknowledged < WINDOW) {
      Segment segment = data(next, 700);
      next += segment.data.length + (segment.fin ? 1 : 0);
      return segment;
    }
    return acknowledgment();
  }

  private Segment data(int from, int most) {
    int length = Math.min(1 + random.nextInt(most), text.length - from);
    length = Math.max(0, length);
    boolean fin = from + length == text.length && random.nextInt(3) > 0;
    if (!fin && length == 0) {
      fin = true;
    }
    int at = Math.min(from, text.length);
    return new Segment(
        sequence(at), expected(), false, fin, Arrays.copyOfRange(text, at, at + length));
  }

  Segment acknowledgment() {
    int at = Math.max(0, next);
    return new Segment(sequence(at), expected(), false, false, new byte[0]);
  }

  private int sequence(int offset) {
    return firstSequence + 1 + offset;
  }

  private int expected() {
    int fin = peerFin >= 0 && received.size() == peerFin ? 1 : 0;
    return peerFirst + 1 + received.size() + fin;
  }

  /** Takes a segment; returns the acknowledgement that it asks for, or null. */
  Segment receive(Segment segment) {
    if (segment.syn()) {
      if (!peerKnown) {
        peerKnown = true;
        peerFirst = segment.sequence();
      }
      takeAcknowledgment(segment);
      return opens ? acknowledgment() : null;
    }
    if (!peerKnown) {
      return null;
    }
    takeAcknowledgment(segment);
    int offset = segment.sequence() - peerFirst - 1;
    boolean outside = offset < received.size() && segment.data().length == 0 && !segment.fin();
    if (segment.fin()) {
      peerFin = offset + segment.data().length;
    }
    if (segment.data().length > 0 && offset + segment.data().length > received.size()) {
      waiting.merge(offset, segment.data(), (a, b) -> a.length >= b.length ? a : b);
    }
    while (!waiting.isEmpty() && waiting.firstKey() <= received.size()) {
      var first = waiting.pollFirstEntry();
      int skip = received.size() - first.getKey();
      if (skip < first.getValue().length) {
        received.write(first.getValue(), skip, first.getValue().length - skip);
      }
    }
    return segment.data().length > 0 || segment.fin() || outside ? acknowledgment() : null;
  }

  private void takeAcknowledgment(Segment segment) {
    int offset = segment.acknowledgment() - firstSequence - 1;
    boolean known = segment.acknowledgment() != 0 || !segment.syn();
    if (known && offset >= 0 && offset <= Math.max(next, 0) && offset > unacknowledged) {
      unacknowledged = offset;
      next = Math.max(next, offset);
    }
  }
}
