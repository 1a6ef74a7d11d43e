package dev.tiaki.engine.buffer;

/** Where bytes were selected out of a buffer. */
final class SelectionPlace extends Chunk {
  /** How many bytes were taken. */
  final int taken;

  SelectionPlace(int taken) {
    super(0);
    this.taken = taken;
  }
}
