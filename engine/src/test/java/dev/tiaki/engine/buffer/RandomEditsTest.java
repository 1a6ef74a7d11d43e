package dev.tiaki.engine.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random edits of buffers by many iterators do to bytes and positions what they do to a naive list.
 * Replay one with its seed as the value.
 */
class RandomEditsTest {
  private static final int RUNS = 40;
  private static final int STEPS = 300;
  private static final int MAX_BUFFERS = 5;
  private static final int MAX_ITERATORS = 12;

  private record Pair(VirtualBuffer real, ModelBuffer model) {}

  private record Place(BufferIterator real, ModelIterator model) {}

  private record Taken(BufferIterator reference, ModelCell place, Pair from, Pair data) {}

  private final List<Pair> buffers = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();
  private final List<Taken> taken = new ArrayList<>();
  private final StringBuilder log = new StringBuilder();
  private Random random = new Random(0);

  @ParameterizedTest
  @ValueSource(longs = {1, 1_000_000, 2_000_000})
  void random_edits_agree_with_a_naive_list(long firstSeed) {
    for (long seed = firstSeed; seed < firstSeed + RUNS; seed++) {
      run(seed, true);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {3_000_000, 4_000_000})
  void positions_that_nobody_looked_at_for_long_agree_as_well(long firstSeed) {
    for (long seed = firstSeed; seed < firstSeed + RUNS; seed++) {
      run(seed, false);
    }
  }

  private void run(long seed, boolean lookEachStep) {
    random = new Random(seed);
    buffers.clear();
    places.clear();
    taken.clear();
    log.setLength(0);
    try {
      for (int step = 0; step < STEPS; step++) {
        step();
        buffers.forEach(this::checkBytes);
        if (lookEachStep || random.nextInt(20) == 0) {
          places.forEach(this::checkPlace);
        }
      }
      places.forEach(this::checkPlace);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed " + seed + " after\n" + log, e);
    }
  }

  private void step() {
    int what = random.nextInt(100);
    if (buffers.isEmpty() || (what < 6 && buffers.size() < MAX_BUFFERS)) {
      addBuffer();
    } else if (places.isEmpty() || what < 20) {
      addPlace();
    } else if (what < 35) {
      advance(any(places));
    } else if (what < 50) {
      insert();
    } else if (what < 60) {
      erase();
    } else if (what < 67) {
      replace();
    } else if (what < 74) {
      write();
    } else if (what < 80) {
      flatten();
    } else if (what < 84) {
      any(places).real.isValid();
    } else if (what < 88) {
      mark();
    } else if (what < 91) {
      unmark();
    } else if (what < 94) {
      select();
    } else if (what < 97) {
      restore();
    } else {
      cloneBuffer();
    }
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private void note(String what) {
    log.append(what).append('\n');
  }

  private void addBuffer() {
    byte[] bytes = new byte[random.nextInt(12)];
    random.nextBytes(bytes);
    note("new buffer of " + bytes.length);
    buffers.add(new Pair(VirtualBuffer.of(bytes.clone()), new ModelBuffer(bytes)));
  }

  private void addPlace() {
    if (places.size() >= MAX_ITERATORS) {
      Place old = places.remove(random.nextInt(places.size()));
      old.model.buffer.iterators.remove(old.model);
    }
    Pair buffer = any(buffers);
    int offset = random.nextInt(buffer.model.size() + 1);
    note("iterator at " + offset + " of buffer " + buffers.indexOf(buffer));
    ModelIterator model = new ModelIterator(buffer.model, null);
    model.advance(offset);
    places.add(new Place(buffer.real.position(offset), model));
  }

  private void advance(Place place) {
    if (place.model.valid) {
      int count = random.nextInt(6);
      note("advance " + places.indexOf(place) + " by " + count);
      assertThat(place.real.advance(count)).isEqualTo(place.model.advance(count));
    }
  }

  private void insert() {
    Place place = any(places);
    Pair data = any(buffers);
    if (place.model.valid && place.model.buffer != data.model && !waiting(data)) {
      note("insert buffer " + buffers.indexOf(data) + " at " + places.indexOf(place));
      SubBuffer inserted = place.real.insert(data.real);
      byte[] bytes = data.model.bytes();
      place.model.buffer.insert(place.model, data.model);
      assertThat(inserted.toByteArray()).isEqualTo(bytes);
    }
  }

  /** A buffer that is to be restored elsewhere keeps its own iterators apart. */
  private boolean waiting(Pair pair) {
    return taken.stream().anyMatch(open -> open.data == pair || open.from == pair);
  }

  private @Nullable SubBuffer range(Place place, long count) {
    if (!place.model.valid) {
      return null;
    }
    if (random.nextBoolean()) {
      return place.real.copy().sub(count, random.nextBoolean());
    }
    BufferIterator end = place.real.copy();
    end.advance(count);
    return SubBuffer.between(place.real, end);
  }

  private void erase() {
    Place place = any(places);
    int count = random.nextInt(8);
    SubBuffer range = range(place, count);
    if (range != null) {
      note("erase " + count + " at " + places.indexOf(place));
      range.erase();
      place.model.buffer.erase(place.model, count);
      assertThat(range.size()).isZero();
    }
  }

  private void replace() {
    Place place = any(places);
    Pair data = any(buffers);
    int count = random.nextInt(8);
    SubBuffer range = range(place, count);
    if (range != null && place.model.buffer != data.model && !waiting(data)) {
      note("replace " + count + " at " + places.indexOf(place) + " by " + buffers.indexOf(data));
      byte[] bytes = data.model.bytes();
      range.replace(data.real);
      place.model.buffer.replace(place.model, count, data.model);
      assertThat(range.toByteArray()).isEqualTo(bytes);
    }
  }

  private void write() {
    Place place = any(places);
    byte[] bytes = new byte[random.nextInt(5)];
    random.nextBytes(bytes);
    SubBuffer range = range(place, bytes.length);
    if (range != null) {
      note("write " + bytes.length + " at " + places.indexOf(place));
      range.setFixed(bytes);
      ModelBuffer model = place.model.buffer;
      List<ModelCell> cells = model.bytesFrom(place.model.index(), bytes.length);
      for (int i = 0; i < cells.size(); i++) {
        cells.get(i).value = bytes[i] & 0xff;
        model.modified = true;
      }
    }
  }

  private void flatten() {
    Place place = any(places);
    int count = random.nextInt(10);
    SubBuffer range = range(place, count);
    if (range != null) {
      note("flatten " + count + " at " + places.indexOf(place));
      try {
        range.flatten();
        assertThat(range.isFlat()).isTrue();
      } catch (BufferException e) {
        assertThat(e).hasMessage("buffer cannot be flatten");
      }
    }
  }

  private void mark() {
    Place place = any(places);
    if (place.model.valid) {
      note("mark at " + places.indexOf(place));
      place.real.mark(false);
      ModelCell mark = new ModelCell(ModelCell.Kind.MARK, 0);
      place.model.buffer.cells.add(place.model.index(), mark);
      place.model.left = mark;
    }
  }

  private void unmark() {
    Place place = any(places);
    ModelCell left = place.model.left;
    if (place.model.valid && left != null && left.kind == ModelCell.Kind.MARK) {
      note("unmark at " + places.indexOf(place));
      place.real.unmark();
      place.model.buffer.remove(left, null);
    }
  }

  private void select() {
    Place place = any(places);
    int count = random.nextInt(8);
    if (place.model.valid && taken.size() < 3) {
      places.forEach(this::checkPlace);
      SubBuffer range = range(place, count);
      note("select " + count + " at " + places.indexOf(place));
      assertThat(range).isNotNull();
      Selection selection = range.select();
      Pair from =
          buffers.stream().filter(b -> b.model == place.model.buffer).findFirst().orElseThrow();
      Pair data = new Pair(selection.data(), new ModelBuffer());
      ModelCell cell = from.model.select(place.model, count, data.model);
      buffers.add(data);
      taken.add(new Taken(selection.reference(), cell, from, data));
    }
  }

  private void restore() {
    if (!taken.isEmpty()) {
      Taken open = taken.remove(random.nextInt(taken.size()));
      ModelBuffer into = holderOf(open.place);
      if (into == open.data.model) {
        assertThatThrownBy(() -> open.reference.restore(open.data.real, false))
            .hasMessage("circular buffer insertion");
        return;
      }
      note("restore buffer " + buffers.indexOf(open.data));
      boolean same = !open.data.model.modified && open.data.model.size() == open.place.value;
      open.reference.restore(open.data.real, false);
      into.restore(open.place, open.data.model, same);
    }
  }

  private ModelBuffer holderOf(ModelCell cell) {
    return buffers.stream()
        .map(Pair::model)
        .filter(model -> model.cells.contains(cell))
        .findFirst()
        .orElseThrow();
  }

  private void cloneBuffer() {
    if (buffers.size() < MAX_BUFFERS) {
      Pair buffer = any(buffers);
      note("clone buffer " + buffers.indexOf(buffer));
      CloneMode mode = random.nextBoolean() ? CloneMode.READ_WRITE : CloneMode.COPY;
      buffers.add(new Pair(buffer.real.copy(mode), new ModelBuffer(buffer.model.bytes())));
    }
  }

  private void checkBytes(Pair pair) {
    assertThat(pair.real.toByteArray()).isEqualTo(pair.model.bytes());
    assertThat(pair.real.size()).isEqualTo(pair.model.size());
    assertThat(pair.real.isModified())
        .as("buffer %d modified", buffers.indexOf(pair))
        .isEqualTo(pair.model.modified);
  }

  private void checkPlace(Place place) {
    assertThat(place.real.isValid())
        .as("iterator %d is valid", places.indexOf(place))
        .isEqualTo(place.model.valid);
    if (place.model.valid) {
      assertThat(place.real.position())
          .as("position of iterator %d", places.indexOf(place))
          .isEqualTo(place.model.position());
      assertThat(place.real.available())
          .isEqualTo(place.model.buffer.size() - place.model.position());
    }
  }
}
