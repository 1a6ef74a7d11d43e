package dev.tiaki.traffic;

/** One end of a {@link Conversation}: what it has sent and what of it arrived. */
final class Side {
  final Endpoint endpoint;
  int initialSeq;
  int window = 65535;
  int timestamp;

  /** The position after all that was sent, counted from the initial sequence number. */
  long next = 1;

  /** What the other end has of this side's stream. */
  Received arrived = new Received();

  /** The same before the last segment, for one that turns out to be lost. */
  Received arrivedBefore = new Received();

  Side(Endpoint endpoint, int initialSeq) {
    this.endpoint = endpoint;
    this.initialSeq = initialSeq;
  }

  int seq(long position) {
    return (int) (initialSeq + position);
  }

  /** Takes note of a segment: where it stands, and what it takes of sequence space but a SYN. */
  void sent(TcpSegment segment) {
    int seq = segment.seqField() + (segment.hasSyn() ? 1 : 0);
    long length = (long) segment.payloadBytes() + (segment.hasFin() ? 1 : 0);
    long position = next + (seq - seq(next));
    next = Math.max(next, position + length);
    arrived.add(position, length);
  }
}
