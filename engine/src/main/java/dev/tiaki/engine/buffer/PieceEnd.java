package dev.tiaki.engine.buffer;

import org.jspecify.annotations.Nullable;

/** Where a piece that was pushed to a stream ends. */
final class PieceEnd extends Chunk {
  /** The buffer that was pushed; it is filled again by the pop unless it was used meanwhile. */
  final VirtualBuffer source;

  /** What the stream's user attached to the piece. */
  final @Nullable Object attachment;

  @Nullable PieceEnd nextPiece;
  boolean modified;

  /** Popped already; what is before it stays only to be read. */
  boolean left;

  PieceEnd(VirtualBuffer source, @Nullable Object attachment) {
    super(0);
    this.source = source;
    this.attachment = attachment;
    this.modified = source.isModified();
    if (source.isReadOnly()) {
      flags |= READ_ONLY;
    }
  }
}
