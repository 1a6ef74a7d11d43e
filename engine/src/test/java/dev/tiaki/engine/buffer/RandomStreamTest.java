package dev.tiaki.engine.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random pushes, pops, edits, marks and selections do to a stream what they do to a naive list of
 * bytes, marks and piece ends. Replay one with its seed as the value.
 */
class RandomStreamTest {
  private static final int RUNS = 25;
  private static final int STEPS = 300;
  private static final int MAX_ITERATORS = 10;

  private record Place(BufferIterator real, ModelIterator model) {}

  private record Taken(Selection selection, ModelCell place, ModelBuffer data, boolean readOnly) {}

  private final List<Place> places = new ArrayList<>();
  private final List<Place> marks = new ArrayList<>();
  private final List<Taken> taken = new ArrayList<>();
  private final StringBuilder log = new StringBuilder();
  private Random random = new Random(0);
  private BufferStream stream = new BufferStream();
  private ModelBuffer model = new ModelBuffer();

  @ParameterizedTest
  @ValueSource(longs = {1, 1_000_000, 2_000_000, 3_000_000})
  void random_streams_agree_with_a_naive_list(long firstSeed) {
    for (long seed = firstSeed; seed < firstSeed + RUNS; seed++) {
      run(seed);
    }
  }

  private void run(long seed) {
    random = new Random(seed);
    stream = new BufferStream();
    model = new ModelBuffer();
    places.clear();
    marks.clear();
    taken.clear();
    log.setLength(0);
    try {
      for (int step = 0; step < STEPS; step++) {
        step();
        check();
      }
      drain();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed " + seed + " after\n" + log, e);
    }
  }

  private void step() {
    int what = random.nextInt(100);
    if (what < 20) {
      push();
    } else if (what < 40) {
      pop();
    } else if (places.isEmpty() || what < 45) {
      addPlace();
    } else if (what < 58) {
      advance();
    } else if (what < 68) {
      insert();
    } else if (what < 76) {
      erase();
    } else if (what < 82) {
      replace();
    } else if (what < 86) {
      write();
    } else if (what < 90) {
      mark(random.nextBoolean());
    } else if (what < 96) {
      unmark();
    } else if (what < 98) {
      select();
    } else {
      restore();
    }
  }

  private byte[] bytes(int most) {
    byte[] bytes = new byte[random.nextInt(most)];
    random.nextBytes(bytes);
    return bytes;
  }

  private void note(String what) {
    log.append(what).append('\n');
  }

  private void push() {
    byte[] bytes = bytes(12);
    note("push " + bytes.length);
    ModelIterator current =
        new ModelIterator(model, model.cells.isEmpty() ? null : model.cells.getLast());
    BufferIterator real = stream.push(VirtualBuffer.of(bytes.clone()));
    model.cells.addAll(new ModelBuffer(bytes).cells);
    ModelCell end = new ModelCell(ModelCell.Kind.PIECE_END, 0);
    end.modified = model.modified;
    model.modified = false;
    model.cells.add(end);
    keep(new Place(real, current));
  }

  private void keep(Place place) {
    if (places.size() >= MAX_ITERATORS) {
      Place old = places.remove(random.nextInt(places.size()));
      old.model.buffer.iterators.remove(old.model);
    }
    places.add(place);
  }

  private void addPlace() {
    int offset = random.nextInt(model.size() + 1);
    note("iterator at " + offset);
    ModelIterator at = new ModelIterator(model, null);
    at.advance(offset);
    keep(new Place(stream.data().position(offset), at));
  }

  private @Nullable Place usable() {
    Place place = places.get(random.nextInt(places.size()));
    return place.model.valid && place.model.buffer == model ? place : null;
  }

  private void advance() {
    Place place = usable();
    if (place != null) {
      int count = random.nextInt(8);
      note("advance " + places.indexOf(place) + " by " + count);
      assertThat(place.real.advance(count)).isEqualTo(place.model.advance(count));
    }
  }

  private boolean refusesInsertion(ModelIterator at) {
    for (ModelCell cell : model.cells.subList(at.index(), model.cells.size())) {
      if (cell.kind == ModelCell.Kind.PIECE_END) {
        return cell.left;
      }
    }
    return false;
  }

  private boolean refusesInsertionAtByte(ModelIterator at, int count) {
    ModelIterator before = model.beforeBytes(at, count);
    model.iterators.remove(before);
    return refusesInsertion(before);
  }

  private boolean refusesChange(ModelIterator at, int count) {
    return model.bytesFrom(at.index(), count).stream().anyMatch(cell -> cell.left);
  }

  private void refused(Runnable action) {
    try {
      action.run();
    } catch (BufferException e) {
      assertThat(e).hasMessage("read only buffer");
      return;
    }
    throw new AssertionError("was not refused");
  }

  private void insert() {
    Place place = usable();
    if (place != null) {
      byte[] bytes = bytes(5);
      note("insert " + bytes.length + " at " + places.indexOf(place));
      if (refusesInsertion(place.model)) {
        refused(() -> place.real.insert(VirtualBuffer.of(bytes)));
      } else {
        place.real.insert(VirtualBuffer.of(bytes.clone()));
        model.insert(place.model, new ModelBuffer(bytes));
      }
    }
  }

  private void erase() {
    Place place = usable();
    if (place != null) {
      int count = random.nextInt(15);
      note("erase " + count + " at " + places.indexOf(place));
      SubBuffer range = place.real.copy().sub(count, random.nextBoolean());
      if (refusesChange(place.model, count)) {
        refused(range::erase);
      } else {
        range.erase();
        model.erase(place.model, count);
      }
    }
  }

  private void replace() {
    Place place = usable();
    if (place != null) {
      int count = random.nextInt(15);
      byte[] bytes = bytes(10);
      note("replace " + count + " by " + bytes.length + " at " + places.indexOf(place));
      SubBuffer range = place.real.copy().sub(count, false);
      if (refusesChange(place.model, count) || refusesInsertionAtByte(place.model, count)) {
        refused(() -> range.setBytes(bytes));
      } else {
        range.setBytes(bytes.clone());
        model.replace(place.model, count, new ModelBuffer(bytes));
        assertThat(range.toByteArray()).isEqualTo(bytes);
      }
    }
  }

  private void write() {
    Place place = usable();
    if (place != null) {
      byte[] bytes = bytes(15);
      note("write " + bytes.length + " at " + places.indexOf(place));
      SubBuffer range = place.real.copy().sub(bytes.length, false);
      if (refusesChange(place.model, bytes.length)) {
        refused(() -> range.setFixed(bytes));
      } else {
        range.setFixed(bytes);
        List<ModelCell> cells = model.bytesFrom(place.model.index(), bytes.length);
        for (int i = 0; i < cells.size(); i++) {
          cells.get(i).value = bytes[i] & 0xff;
          model.changed(model.cells.indexOf(cells.get(i)));
        }
      }
    }
  }

  private void mark(boolean readOnly) {
    Place place = usable();
    if (place != null) {
      note("mark " + (readOnly ? "read only " : "") + "at " + places.indexOf(place));
      place.real.mark(readOnly);
      ModelCell mark =
          new ModelCell(readOnly ? ModelCell.Kind.READ_ONLY_MARK : ModelCell.Kind.MARK, 0);
      model.cells.add(place.model.index(), mark);
      place.model.left = mark;
      marks.add(new Place(place.real.copy(), place.model.copy()));
    }
  }

  private void unmark() {
    if (!marks.isEmpty()) {
      note("unmark");
      Place mark = marks.remove(random.nextInt(marks.size()));
      mark.real.unmark();
      model.remove(Objects.requireNonNull(mark.model.left), null);
      model.iterators.remove(mark.model);
    }
  }

  private static boolean isMark(ModelCell cell) {
    return cell.kind == ModelCell.Kind.MARK || cell.kind == ModelCell.Kind.READ_ONLY_MARK;
  }

  private void select() {
    Place place = usable();
    int count = random.nextInt(8);
    if (place != null && taken.size() < 2) {
      note("select " + count + " at " + places.indexOf(place));
      SubBuffer range = place.real.copy().sub(count, false);
      if (leavesLeftPiece(place.model, count)) {
        refused(range::select);
        return;
      }
      ModelBuffer data = new ModelBuffer();
      boolean readOnly = refusesInsertionAtByte(place.model, count);
      Selection selection = range.select();
      taken.add(new Taken(selection, model.select(place.model, count, data), data, readOnly));
    }
  }

  /** Tells whether a range begins in a piece that is only kept to be read and ends behind it. */
  private boolean leavesLeftPiece(ModelIterator at, int count) {
    List<ModelCell> range = model.bytesFrom(at.index(), count);
    return !range.isEmpty()
        && model
            .cells
            .subList(model.cells.indexOf(range.getFirst()), model.cells.indexOf(range.getLast()))
            .stream()
            .filter(cell -> cell.kind == ModelCell.Kind.PIECE_END)
            .anyMatch(cell -> cell.left);
  }

  private void restore() {
    if (!taken.isEmpty()) {
      Taken open = taken.remove(random.nextInt(taken.size()));
      boolean same = open.readOnly || random.nextBoolean();
      note("restore " + (same ? "the same" : "other"));
      if (same) {
        open.selection.reference().restore(open.selection.data(), false);
        model.restore(open.place, open.data, true);
      } else {
        byte[] bytes = bytes(5);
        open.selection.reference().restore(VirtualBuffer.of(bytes.clone()), false);
        model.restore(open.place, new ModelBuffer(bytes), false);
      }
    }
  }

  private void pop() {
    note("pop");
    VirtualBuffer popped = stream.pop();
    ModelBuffer expected = modelPop();
    if (expected == null) {
      assertThat(popped).isNull();
    } else {
      assertThat(popped).isNotNull();
      assertThat(popped.toByteArray()).isEqualTo(expected.bytes());
      assertThat(popped.isModified()).isEqualTo(expected.modified);
      if (random.nextBoolean()) {
        popped.invalidate();
        expected.iterators.forEach(it -> it.valid = false);
      }
    }
  }

  private @Nullable ModelBuffer modelPop() {
    ModelCell end =
        model.cells.stream()
            .filter(cell -> cell.kind == ModelCell.Kind.PIECE_END && !cell.left)
            .findFirst()
            .orElse(null);
    releaseLeft();
    if (end == null) {
      return null;
    }
    List<ModelCell> before = List.copyOf(model.cells.subList(0, model.cells.indexOf(end)));
    if (before.stream()
        .anyMatch(
            cell -> cell.kind == ModelCell.Kind.MARK || cell.kind == ModelCell.Kind.SELECTION)) {
      return null;
    }
    ModelBuffer popped = new ModelBuffer();
    popped.modified = end.modified;
    boolean copying = before.stream().anyMatch(cell -> cell.kind == ModelCell.Kind.PIECE_END);
    boolean keeping = copying;
    for (ModelCell cell : before) {
      keeping |= isMark(cell);
      if (!keeping) {
        moveToPopped(cell, popped, before.getLast());
      } else if (cell.isByte() && !cell.left) {
        popped.cells.add(ModelCell.ofByte(cell.value));
        cell.left = true;
      }
    }
    end.left = keeping;
    if (!keeping) {
      model.iteratorsAfter(end).forEach(it -> it.left = null);
      model.cells.remove(end);
    }
    return popped;
  }

  private void moveToPopped(ModelCell cell, ModelBuffer popped, ModelCell last) {
    int index = model.cells.indexOf(cell);
    boolean atEnd = cell == last || isMark(model.cells.get(index + 1));
    for (ModelIterator it : model.iteratorsAfter(cell)) {
      if (atEnd) {
        it.left = null;
      } else {
        it.moveTo(popped, cell);
      }
    }
    model.cells.remove(cell);
    popped.cells.add(cell);
  }

  private void releaseLeft() {
    while (model.cells.stream().anyMatch(c -> c.kind == ModelCell.Kind.PIECE_END && c.left)) {
      ModelCell cell = model.cells.getFirst();
      if (isMark(cell) || cell.kind == ModelCell.Kind.SELECTION) {
        return;
      }
      boolean toHead = !cell.isByte() || !model.cells.get(1).isByte();
      for (ModelIterator it : model.iteratorsAfter(cell)) {
        it.left = null;
        it.valid = toHead;
      }
      model.cells.remove(cell);
    }
  }

  private void check() {
    assertThat(stream.data().toByteArray()).isEqualTo(model.bytes());
    assertThat(stream.data().size()).isEqualTo(model.size());
    assertThat(stream.data().holds).isEqualTo(count(RandomStreamTest::isHold));
    assertThat(stream.data().controls)
        .isEqualTo(count(cell -> isHold(cell) || cell.kind == ModelCell.Kind.READ_ONLY_MARK));
    for (Place place : places) {
      String name = "iterator " + places.indexOf(place);
      assertThat(place.real.isValid()).as(name).isEqualTo(place.model.valid);
      if (place.model.valid) {
        assertThat(place.real.position()).as(name).isEqualTo(place.model.position());
        assertThat(place.real.buffer() == stream.data())
            .as(name)
            .isEqualTo(place.model.buffer == model);
      }
    }
  }

  private int count(Predicate<ModelCell> which) {
    return (int) model.cells.stream().filter(which).count();
  }

  private static boolean isHold(ModelCell cell) {
    return cell.kind == ModelCell.Kind.MARK || cell.kind == ModelCell.Kind.SELECTION;
  }

  /** Everything comes out once nothing keeps it. */
  private void drain() {
    while (!marks.isEmpty()) {
      unmark();
    }
    while (!taken.isEmpty()) {
      restore();
    }
    while (!stream.isEmpty()) {
      assertThat(stream.canPop()).isTrue();
      pop();
    }
    stream.finish();
    assertThat(stream.pop()).isNull();
    VirtualBuffer rest = stream.popRemainder();
    if (rest != null) {
      assertThat(rest.toByteArray()).isEqualTo(model.bytes());
    } else {
      assertThat(model.cells.stream().anyMatch(cell -> cell.isByte() && !cell.left)).isFalse();
    }
  }
}
