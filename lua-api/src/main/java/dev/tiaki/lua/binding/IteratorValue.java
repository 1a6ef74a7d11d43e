package dev.tiaki.lua.binding;

import dev.tiaki.engine.buffer.BufferException;
import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.lua.coroutine.Coroutine;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A {@code vbuffer_iterator}: a position in a buffer or a stream, which never waits. */
public class IteratorValue extends NativeObject {
  static final AttributeNames ATTRIBUTES = AttributeNames.of("meter", "iseof");
  private static final int METER = 0;
  static final int END = 1;
  private static final String NAME = "vbuffer_iterator";

  final Bindings bindings;
  final BufferIterator iterator;

  private Coroutine.@Nullable Hold hold;

  /** The reference of a selection that was only reported: nothing is missing here. */
  private boolean unselected;

  IteratorValue(Bindings bindings, NativeClass nativeClass, BufferIterator iterator) {
    super(iterator, nativeClass);
    this.bindings = bindings;
    this.iterator = iterator;
  }

  static NativeClass describe() {
    return common(new NativeClass(NAME, ATTRIBUTES))
        .method("advance", IteratorValue::advance)
        .method("check_available", IteratorValue::checkAvailable)
        .method("sub", IteratorValue::sub)
        .method("restore", IteratorValue::restore)
        .method("wait", all -> LuaValue.valueOf(self(all, "wait").iterator.isEof()))
        .method("foreach_available", IteratorValue::foreachAvailable);
  }

  /** Adds the methods that a blocking iterator shares. */
  static NativeClass common(NativeClass made) {
    return made.method("copy", all -> copy(self(all, "copy")))
        .method("available", all -> Arg.count(self(all, "available").iterator.available()))
        .method("insert", IteratorValue::insert)
        .method("mark", IteratorValue::mark)
        .method("move_to", IteratorValue::moveTo)
        .action("unmark", IteratorValue.class, IteratorValue::unmark)
        .action("split", IteratorValue.class, self -> self.iterator.split());
  }

  static IteratorValue self(Varargs all, String function) {
    return Arg.of(all, 1, IteratorValue.class, NAME, function);
  }

  private static LuaValue copy(IteratorValue self) {
    return self.bindings.iterator(self.iterator.copy());
  }

  IteratorValue asUnselected() {
    unselected = true;
    return this;
  }

  /** Returns the position itself. */
  public BufferIterator iterator() {
    return iterator;
  }

  /**
   * Waits, if this iterator can, until there is something to read.
   *
   * @return false when there is nothing, and for one that can wait, when nothing will come
   */
  public boolean waitForData() {
    return iterator.available(1) > 0;
  }

  /**
   * Passes {@code count} bytes, or as many as there are, waiting for them if this iterator can.
   *
   * @return their range; null, from one that can wait, when the data ended before the first
   */
  public @Nullable SubBuffer take(long count) {
    return iterator.sub(Math.min(Integer.MAX_VALUE, count), false);
  }

  private static Varargs advance(Varargs all) {
    BufferIterator iterator = self(all, "advance").iterator;
    long count = Arg.integer(all.arg(2), -1);
    return LuaValue.valueOf(count < 0 ? iterator.advanceAll() : iterator.advance(count));
  }

  private static Varargs checkAvailable(Varargs all) {
    return checkAvailable(self(all, "check_available").iterator, (long) Arg.number(all.arg(2)));
  }

  static Varargs checkAvailable(BufferIterator iterator, long wanted) {
    long available = iterator.available(Math.max(0, wanted));
    return LuaValue.varargsOf(LuaValue.valueOf(available >= wanted), Arg.count(available));
  }

  private static Varargs sub(Varargs all) {
    IteratorValue self = self(all, "sub");
    LuaValue mode = all.arg(2);
    boolean split = all.arg(3).toboolean();
    if (Arg.isAvailable(mode)) {
      return self.bindings.subOrNil(self.iterator.subAvailable(split));
    }
    if (mode.isnil() || Arg.isAll(mode)) {
      return self.bindings.sub(self.iterator.subAll(split));
    }
    return self.bindings.sub(counted(self.iterator, mode, split));
  }

  private static SubBuffer counted(BufferIterator iterator, LuaValue mode, boolean split) {
    if (!mode.isnumber()) {
      throw Raised.plain("unknown sub buffer mode: " + mode.tojstring());
    }
    long count = (long) mode.todouble();
    return count < 0 ? iterator.subAll(split) : iterator.sub(count, split);
  }

  private static Varargs insert(Varargs all) {
    IteratorValue self = self(all, "insert");
    if (all.arg(2).isnil()) {
      throw Raised.plain("missing data parameter");
    }
    BufferValue data = Arg.of(all, 2, BufferValue.class, "vbuffer", "insert");
    boolean inserts = self.bindings.allowsEdit(self.iterator.buffer());
    return self.bindings.sub(
        inserts ? self.iterator.insert(data.virtualBuffer()) : data.virtualBuffer().all());
  }

  private static Varargs mark(Varargs all) {
    IteratorValue self = self(all, "mark");
    self.iterator.mark(all.arg(2).toboolean());
    self.bindings.keeps(self.iterator.buffer());
    Coroutine running = self.bindings.runtime().runningCoroutine();
    if (running != null) {
      self.hold = new MarkHold(self.iterator.copy());
      running.hold(self.hold);
    }
    return LuaValue.NONE;
  }

  private static void unmark(IteratorValue self) {
    self.iterator.unmark();
    Coroutine running = self.bindings.runtime().runningCoroutine();
    if (running != null && self.hold != null) {
      running.released(self.hold);
      self.hold = null;
    }
  }

  /** A mark of a coroutine. Should it fail, the mark must not keep the stream's data for ever. */
  private record MarkHold(BufferIterator mark) implements Coroutine.Hold {
    @Override
    public void release() {
      try {
        mark.unmark();
      } catch (BufferException gone) {
        // removed meanwhile, or the stream has ended
      }
    }
  }

  private static Varargs moveTo(Varargs all) {
    IteratorValue target = Arg.of(all, 2, IteratorValue.class, NAME, "move_to");
    self(all, "move_to").iterator.moveTo(target.iterator);
    return LuaValue.NONE;
  }

  private static Varargs restore(Varargs all) {
    BufferValue data = Arg.of(all, 2, BufferValue.class, "vbuffer", "restore");
    IteratorValue self = self(all, "restore");
    if (!self.unselected) {
      self.iterator.restore(data.virtualBuffer(), all.arg(3).toboolean());
    }
    return LuaValue.NONE;
  }

  private static Varargs foreachAvailable(Varargs all) {
    IteratorValue self = self(all, "foreach_available");
    Builtin step =
        Builtin.of("foreach_available", ignored -> self.bindings.subOrNil(nextPart(self)));
    return LuaValue.varargsOf(step, self, LuaValue.ZERO);
  }

  private static @Nullable SubBuffer nextPart(IteratorValue self) {
    return self.iterator.subAvailable(false);
  }

  @Override
  protected LuaValue read(int attribute) {
    return attribute == METER ? Arg.count(iterator.meter()) : LuaValue.valueOf(iterator.isEof());
  }

  @Override
  protected void write(int attribute, LuaValue value) {
    if (attribute == METER) {
      iterator.setMeter((long) Arg.number(value));
    }
  }
}
