package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.engine.buffer.BufferStream;
import dev.tiaki.engine.stream.SegmentQueue;
import dev.tiaki.engine.stream.SentBytes;
import dev.tiaki.engine.stream.SequenceMap;
import dev.tiaki.engine.stream.SequenceNumber;
import dev.tiaki.engine.stream.StreamObserver;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection. Sequence numbers are those of its sender unless a name says {@code
 * output}: then they are those that the receiver sees after edits. What only few connections need
 * is null until they do.
 */
final class TcpHalf {
  /** The first sequence number is known. */
  boolean started;

  /** The sequence number of the first byte of the stream. */
  int base;

  /** The next byte to deliver. */
  int next;

  /** The next byte to send on; behind {@link #next} while rules keep data back. */
  int sent;

  /** It was asked which protocol the first data are of. */
  boolean detected;

  /** The end of the stream was delivered. */
  boolean finished;

  /** The last acknowledgement that the receiver of this direction sent, in its numbering. */
  int outputAcknowledged;

  /** {@link #outputAcknowledged} counts. */
  boolean acknowledged;

  /** The end of the window that the receiver has ever offered; counts with the above. */
  int outputWindowEnd;

  /** The largest segment that the sender of this direction takes, 0 when it did not say. */
  int maxSegmentBytes;

  /** The last window that the receiver of this direction announced, not shifted. */
  int lastWindow = 0xffff;

  /** By how many bits the sender of this direction shifts the windows that it announces. */
  int windowShift;

  /** A checksum of this sender was right, or was wrong before any was right. */
  boolean goodChecksums;

  boolean offloadedChecksums;

  /** The sender's FIN was sent on. */
  boolean finSent;

  /** A waiting segment's bytes were overwritten by another's: checksums need to be computed. */
  boolean rewritten;

  /** Pieces that were pushed into the stream and not taken out yet. */
  int pieces;

  /** Bytes in the stream when it was looked at last; see {@link KeptBytes}. */
  int keptBytes;

  /** Bytes delivered in order, gaps left out. */
  long deliveredBytes;

  /** Bytes that were skipped because they were never seen. */
  long gapBytes;

  /** How many times bytes were skipped. */
  int gaps;

  @Nullable SegmentQueue<HeldSegment> queue;
  @Nullable BufferStream stream;
  @Nullable SequenceMap map;
  @Nullable SentBytes sentBytes;
  @Nullable EarlyAcknowledgment early;
  @Nullable StreamObserver observer;
  boolean observerAsked;

  /** Says that the stream begins at {@code sequence}. */
  void start(int sequence) {
    started = true;
    base = sequence;
    next = sequence;
    sent = sequence;
  }

  /** Returns the offset in the stream of the next byte to deliver. */
  long offset() {
    return deliveredBytes + gapBytes;
  }

  /** Tells whether segments wait for missing ones. */
  boolean isWaiting() {
    SegmentQueue<HeldSegment> waiting = queue;
    return waiting != null && !waiting.isEmpty();
  }

  /** Tells whether anything was edited, or will have been when what is kept back leaves. */
  boolean isEdited() {
    BufferStream kept = stream;
    return map != null || (kept != null && kept.isModified());
  }

  /** Returns where the next byte to send stands for the receiver. */
  int outputSent() {
    return toOutputEnd(sent);
  }

  /** Tells whether the receiver has acknowledged the FIN, which takes one sequence number. */
  boolean isFinAcknowledged() {
    return acknowledged && SequenceNumber.isAfter(outputAcknowledged, outputSent());
  }

  int toOutputStart(int sequence) {
    SequenceMap edits = map;
    return edits == null ? sequence : edits.toOutputStart(sequence);
  }

  int toOutputEnd(int sequence) {
    SequenceMap edits = map;
    return edits == null ? sequence : edits.toOutputEnd(sequence);
  }

  /** Notes an acknowledgement and a window of the receiver, both in its numbering. */
  void receiverSaid(int acknowledgment, int windowBytes) {
    int end = acknowledgment + windowBytes;
    if (!acknowledged) {
      acknowledged = true;
      outputAcknowledged = acknowledgment;
      outputWindowEnd = end;
      return;
    }
    if (SequenceNumber.isAfter(acknowledgment, outputAcknowledged)) {
      outputAcknowledged = acknowledgment;
    }
    if (SequenceNumber.isAfter(end, outputWindowEnd)) {
      outputWindowEnd = end;
    }
  }
}
