package dev.tiaki.lua.binding;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.lua.coroutine.Coroutine;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A {@code vbuffer_iterator_blocking}: a position in a stream whose methods put the running
 * coroutine to sleep until there is what they want, or until the stream ends.
 *
 * <p>Bytes that a counted {@code sub} or {@code check_available} waits on are kept in the stream
 * until it has them all, so that the rule sees them before the other end does; as Haka has it, they
 * leave meanwhile and can only be read.
 */
public final class BlockingIteratorValue extends IteratorValue {
  private static final String NAME = "vbuffer_iterator_blocking";

  /** As Haka has it, a read that got exactly what it asked for has not seen the end yet. */
  private boolean stoppedShortOfEnd;

  BlockingIteratorValue(Bindings bindings, BufferIterator iterator) {
    super(bindings, bindings.blockingIterators, iterator);
  }

  static NativeClass describe() {
    return common(new NativeClass(NAME, ATTRIBUTES))
        .method("advance", BlockingIteratorValue::advance)
        .method("check_available", BlockingIteratorValue::checkAvailable)
        .method("sub", BlockingIteratorValue::sub)
        .method("wait", all -> LuaValue.valueOf(waiter(all, "wait").waitForData()))
        .method("foreach_available", BlockingIteratorValue::foreachAvailable);
  }

  private static BlockingIteratorValue waiter(Varargs all, String function) {
    return Arg.of(all, 1, BlockingIteratorValue.class, NAME, function);
  }

  /**
   * Who reads on after the connection was dropped has come to the end, which Haka calls an error.
   */
  private static BlockingIteratorValue reader(Varargs all, String function) {
    BlockingIteratorValue self = waiter(all, function);
    self.requireStream();
    return self;
  }

  private void requireStream() {
    if (iterator.isInClearedStream() && !bindings.context().mode().hakaCompatible()) {
      throw RuleAbort.instance();
    }
  }

  /** Sleeps until the stream is given more, or ends, and moves to what is new. */
  private void sleep() {
    Coroutine running = bindings.runtime().runningCoroutine();
    if (running == null) {
      throw Raised.plain("attempt to yield from outside a coroutine");
    }
    LuaValue news = running.yieldValues(LuaValue.NONE).arg1();
    if (news instanceof IteratorValue fresh) {
      long meter = iterator.meter();
      iterator.moveTo(fresh.iterator);
      iterator.setMeter(meter);
    }
  }

  @Override
  public boolean waitForData() {
    requireStream();
    while (iterator.available(1) == 0) {
      if (iterator.isEof()) {
        return false;
      }
      sleep();
    }
    return true;
  }

  @Override
  public @Nullable SubBuffer take(long count) {
    requireStream();
    return counted(count);
  }

  private static Varargs advance(Varargs all) {
    BlockingIteratorValue self = reader(all, "advance");
    LuaValue mode = all.arg(2);
    if (Arg.isAvailable(mode)) {
      return LuaValue.valueOf(self.iterator.advanceAll());
    }
    if (Arg.isAll(mode) || mode.isnil()) {
      self.skip(Long.MAX_VALUE);
      return LuaValue.ZERO;
    }
    return Arg.count(self.skip((long) Arg.number(mode)));
  }

  @Override
  protected LuaValue read(int attribute) {
    boolean hidesEnd = attribute == END && stoppedShortOfEnd && bindings.waitsReadOnly();
    return hidesEnd ? LuaValue.FALSE : super.read(attribute);
  }

  private long skip(long count) {
    stoppedShortOfEnd = false;
    long passed = 0;
    while (true) {
      passed += iterator.advance(Math.min(Integer.MAX_VALUE, count - passed));
      if (passed >= count || iterator.isEof()) {
        stoppedShortOfEnd = passed >= count;
        return passed;
      }
      sleep();
    }
  }

  private static Varargs checkAvailable(Varargs all) {
    BlockingIteratorValue self = reader(all, "check_available");
    long wanted = (long) Arg.number(all.arg(2));
    BufferIterator at = self.iterator;
    if (all.arg(3).toboolean() || at.checkAvailable(wanted) || at.isEof()) {
      return IteratorValue.checkAvailable(at, wanted);
    }
    long meter = at.meter();
    SubBuffer range = self.gather(wanted, self.bindings.waitsReadOnly());
    long size = range == null ? 0 : range.size();
    if (range != null) {
      at.moveTo(range.position(0));
    }
    at.setMeter(meter);
    return LuaValue.varargsOf(LuaValue.valueOf(size >= wanted), Arg.count(size));
  }

  private static Varargs sub(Varargs all) {
    BlockingIteratorValue self = reader(all, "sub");
    LuaValue mode = all.arg(2);
    SubBuffer range;
    if (Arg.isAvailable(mode)) {
      range = self.waitForData() ? self.iterator.subAvailable(false) : null;
    } else if (Arg.isAll(mode) || mode.isnil()) {
      range = self.gather(Long.MAX_VALUE, true);
    } else if (mode.isnumber()) {
      range = self.counted((long) mode.todouble());
    } else {
      throw Raised.plain("unknown sub buffer mode: " + mode.tojstring());
    }
    if (all.arg(3).toboolean()) {
      self.iterator.split();
    }
    return self.bindings.subOrNil(range);
  }

  private @Nullable SubBuffer counted(long count) {
    if (count == 0) {
      return iterator.sub(0, false);
    }
    return gather(count < 0 ? Long.MAX_VALUE : count, bindings.waitsReadOnly());
  }

  /**
   * Passes {@code count} bytes, or all until the end, and returns their range; null when there are
   * none. While it waits the bytes it has passed are marked.
   */
  private @Nullable SubBuffer gather(long count, boolean readOnly) {
    BufferIterator begin = null;
    BufferIterator mark = null;
    long missing = count;
    stoppedShortOfEnd = false;
    try {
      while (true) {
        BufferIterator before = begin == null ? iterator.copy() : begin;
        int passed = iterator.advance(Math.min(Integer.MAX_VALUE, missing));
        missing -= passed;
        if (passed > 0) {
          begin = before;
        }
        if (missing == 0 || iterator.isEof()) {
          stoppedShortOfEnd = missing == 0;
          break;
        }
        if (begin != null && mark == null) {
          begin.mark(readOnly);
          bindings.keeps(begin.buffer());
          mark = begin;
        }
        sleep();
      }
    } finally {
      if (mark != null) {
        mark.unmark();
      }
    }
    return begin == null ? null : SubBuffer.between(begin, iterator);
  }

  private static Varargs foreachAvailable(Varargs all) {
    BlockingIteratorValue self = waiter(all, "foreach_available");
    Builtin step =
        Builtin.of(
            "foreach_available",
            ignored ->
                self.bindings.subOrNil(
                    self.waitForData() ? self.iterator.subAvailable(false) : null));
    return LuaValue.varargsOf(step, self, LuaValue.ZERO);
  }
}
