package dev.tiaki.engine.buffer;

/** One byte of a {@link ModelBuffer}, or a place in it that holds no byte. */
final class ModelCell {
  enum Kind {
    BYTE,
    MARK,
    READ_ONLY_MARK,
    SELECTION,
    PIECE_END
  }

  final Kind kind;
  int value;

  /** Of a piece end: something in the piece changed. */
  boolean modified;

  /** Popped already and kept to be read; of bytes and piece ends. */
  boolean left;

  ModelCell(Kind kind, int value) {
    this.kind = kind;
    this.value = value;
  }

  static ModelCell ofByte(int value) {
    return new ModelCell(Kind.BYTE, value & 0xff);
  }

  boolean isByte() {
    return kind == Kind.BYTE;
  }
}
