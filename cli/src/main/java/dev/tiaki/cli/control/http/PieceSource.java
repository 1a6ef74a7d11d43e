package dev.tiaki.cli.control.http;

import org.jspecify.annotations.Nullable;

/** Where the pieces of an endless answer come from; the writer asks when its reader has room. */
public interface PieceSource {
  /** Says whom to tell when there is a piece after there was none; any thread may tell. */
  void whenReady(Runnable action);

  /** Returns the next piece, or null when there is none at the moment; never waits. */
  byte @Nullable [] poll();

  /** Returns a piece that says nothing, for a reader that has heard nothing for a while. */
  byte[] heartbeat();

  /** The reader is gone. */
  void close();
}
