package dev.tiaki.engine.buffer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The naive counterpart of {@link VirtualBuffer}: a list of bytes that knows all its iterators and
 * moves each of them at each change.
 */
final class ModelBuffer {
  final List<ModelCell> cells = new ArrayList<>();
  final List<ModelIterator> iterators = new ArrayList<>();
  boolean modified;

  ModelBuffer() {}

  ModelBuffer(byte[] bytes) {
    for (byte b : bytes) {
      cells.add(ModelCell.ofByte(b));
    }
  }

  byte[] bytes() {
    List<ModelCell> bytes = cells.stream().filter(ModelCell::isByte).toList();
    byte[] array = new byte[bytes.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = (byte) bytes.get(i).value;
    }
    return array;
  }

  int size() {
    return (int) cells.stream().filter(ModelCell::isByte).count();
  }

  List<ModelIterator> iteratorsAfter(@Nullable ModelCell cell) {
    return iterators.stream().filter(it -> it.valid && it.left == cell).toList();
  }

  /** The bytes that follow an index. */
  List<ModelCell> bytesFrom(int index, long count) {
    return cells.subList(index, cells.size()).stream()
        .filter(ModelCell::isByte)
        .limit(count)
        .toList();
  }

  /** Something changed right before {@code index}. */
  void changed(int index) {
    for (int i = index; i < cells.size(); i++) {
      if (cells.get(i).kind == ModelCell.Kind.PIECE_END) {
        cells.get(i).modified = true;
        return;
      }
    }
    modified = true;
  }

  /** Moves all of {@code other} to {@code at}; its iterators follow. */
  void insert(ModelIterator at, ModelBuffer other) {
    if (other.cells.isEmpty()) {
      return;
    }
    int index = at.index();
    boolean bytes = other.size() > 0;
    for (ModelIterator it : List.copyOf(other.iterators)) {
      it.moveTo(this, it.left == null ? at.left : it.left);
    }
    cells.addAll(index, other.cells);
    at.left = other.cells.getLast();
    other.cells.clear();
    other.modified = true;
    if (bytes) {
      changed(at.index());
    }
  }

  void erase(ModelIterator at, long count) {
    List<ModelCell> erased = bytesFrom(at.index(), count);
    for (ModelCell cell : erased) {
      int index = cells.indexOf(cell);
      changed(index);
      ModelCell before = index == 0 ? null : cells.get(index - 1);
      for (ModelIterator it : iteratorsAfter(cell)) {
        it.left = before;
        it.valid = cell == erased.getLast();
      }
      cells.remove(cell);
    }
  }

  void replace(ModelIterator at, long count, ModelBuffer other) {
    ModelIterator end = beforeBytes(at, count);
    insert(end, other);
    erase(end, count);
    iterators.remove(end);
  }

  /** The place right before the first byte of a range; where it begins when it has none. */
  ModelIterator beforeBytes(ModelIterator at, long count) {
    List<ModelCell> bytes = bytesFrom(at.index(), count);
    ModelIterator before = at.copy();
    if (!bytes.isEmpty()) {
      int index = cells.indexOf(bytes.getFirst());
      before.left = index == 0 ? null : cells.get(index - 1);
    }
    return before;
  }

  /** Takes bytes out; returns the cell of the place. */
  ModelCell select(ModelIterator at, long count, ModelBuffer into) {
    List<ModelCell> taken = bytesFrom(at.index(), count);
    ModelCell place = new ModelCell(ModelCell.Kind.SELECTION, taken.size());
    ModelIterator before = beforeBytes(at, count);
    cells.add(before.index(), place);
    iterators.remove(before);
    if (!refusesInsertion(place) && crossesPieces(taken)) {
      taken.forEach(cell -> changed(cells.indexOf(cell)));
    }
    for (ModelCell cell : taken) {
      for (ModelIterator it : iteratorsAfter(cell)) {
        if (cell == taken.getLast()) {
          it.left = place;
        } else {
          it.moveTo(into, cell);
        }
      }
      cells.remove(cell);
      into.cells.add(cell);
    }
    return place;
  }

  /** Tells whether the piece that a cell is in left already. */
  private boolean refusesInsertion(ModelCell cell) {
    return cells.subList(cells.indexOf(cell), cells.size()).stream()
        .filter(next -> next.kind == ModelCell.Kind.PIECE_END)
        .findFirst()
        .map(next -> next.left)
        .orElse(false);
  }

  private boolean crossesPieces(List<ModelCell> taken) {
    return !taken.isEmpty()
        && cells.subList(cells.indexOf(taken.getFirst()), cells.indexOf(taken.getLast())).stream()
            .anyMatch(cell -> cell.kind == ModelCell.Kind.PIECE_END);
  }

  /** Puts {@code other} where the place is. */
  void restore(ModelCell place, ModelBuffer other, boolean same) {
    ModelIterator at = new ModelIterator(this, place);
    boolean[] before = new boolean[cells.size() + 1];
    for (int i = 0; i < cells.size(); i++) {
      before[i] = cells.get(i).modified;
    }
    boolean was = modified;
    List<ModelCell> old = List.copyOf(cells);
    insert(at, other);
    if (same) {
      for (int i = 0; i < old.size(); i++) {
        old.get(i).modified = before[i];
      }
      modified = was;
    } else {
      changed(at.index());
    }
    remove(place, at.left == place ? null : at.left);
    iterators.remove(at);
  }

  /** Removes a cell without bytes; iterators on it go to {@code heir}, else to what is before. */
  void remove(ModelCell control, @Nullable ModelCell heir) {
    int index = cells.indexOf(control);
    ModelCell before = index == 0 ? null : cells.get(index - 1);
    iteratorsAfter(control).forEach(it -> it.left = heir == null ? before : heir);
    cells.remove(control);
  }
}
