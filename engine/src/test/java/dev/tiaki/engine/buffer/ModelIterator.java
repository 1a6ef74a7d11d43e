package dev.tiaki.engine.buffer;

import org.jspecify.annotations.Nullable;

/** A position in a {@link ModelBuffer}: right after a cell, or at the beginning. */
final class ModelIterator {
  ModelBuffer buffer;
  @Nullable ModelCell left;
  boolean valid = true;

  ModelIterator(ModelBuffer buffer, @Nullable ModelCell left) {
    this.buffer = buffer;
    this.left = left;
    buffer.iterators.add(this);
  }

  ModelIterator copy() {
    ModelIterator copy = new ModelIterator(buffer, left);
    copy.valid = valid;
    return copy;
  }

  /** The index in the cells that comes next. */
  int index() {
    return left == null ? 0 : buffer.cells.indexOf(left) + 1;
  }

  long position() {
    return buffer.cells.subList(0, index()).stream().filter(ModelCell::isByte).count();
  }

  int advance(long count) {
    int passed = 0;
    for (int i = index(); i < buffer.cells.size() && passed < count; i++) {
      if (buffer.cells.get(i).isByte()) {
        left = buffer.cells.get(i);
        passed++;
      }
    }
    return passed;
  }

  void moveTo(ModelBuffer other, @Nullable ModelCell cell) {
    buffer.iterators.remove(this);
    buffer = other;
    left = cell;
    other.iterators.add(this);
  }
}
