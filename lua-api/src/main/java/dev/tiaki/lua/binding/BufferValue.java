package dev.tiaki.lua.binding;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.CloneMode;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.lua.fault.Raised;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A {@code vbuffer}: bytes that can be inserted into, erased and shared without being moved. */
public final class BufferValue extends NativeObject {
  private static final LuaString BEGIN = LuaString.valueOf("begin");
  private static final LuaString END = LuaString.valueOf("end");
  private static final AttributeNames ATTRIBUTES = AttributeNames.of("modified");
  private static final String NAME = "vbuffer";

  private final Bindings bindings;
  private final VirtualBuffer buffer;

  BufferValue(Bindings bindings, VirtualBuffer buffer) {
    super(buffer, bindings.buffers);
    this.bindings = bindings;
    this.buffer = buffer;
  }

  static NativeClass describe() {
    return new NativeClass(NAME, ATTRIBUTES)
        .method("pos", BufferValue::pos)
        .method("sub", BufferValue::sub)
        .method("append", BufferValue::append)
        .method("clone", BufferValue::copy);
  }

  private static BufferValue self(Varargs all, String function) {
    return Arg.of(all, 1, BufferValue.class, NAME, function);
  }

  /** Returns the buffer. */
  public VirtualBuffer virtualBuffer() {
    return buffer;
  }

  /** Moves the bytes to a position of another buffer and returns their range there. */
  public LuaValue insertAt(BufferIterator place) {
    return bindings.sub(place.insert(buffer));
  }

  /** Returns the range of the next bytes from a position on, which moves behind them. */
  public LuaValue range(BufferIterator from, long size) {
    return bindings.sub(from.sub(size, false));
  }

  private static Varargs pos(Varargs all) {
    BufferValue self = self(all, "pos");
    return self.bindings.iterator(self.buffer.position(offset(all.arg(2))));
  }

  /** Returns an offset from 0, or -1 for the end. */
  static long offset(LuaValue position) {
    if (position.isnil()) {
      throw Raised.plain("missing pos parameter");
    }
    if (BEGIN.raweq(position)) {
      return 0;
    }
    if (END.raweq(position)) {
      return -1;
    }
    if (!position.isnumber()) {
      throw Raised.plain("unknown buffer position: " + position.tojstring());
    }
    return (long) position.todouble();
  }

  private static Varargs sub(Varargs all) {
    BufferValue self = self(all, "sub");
    if (all.narg() < 2) {
      return self.bindings.sub(self.buffer.all());
    }
    return self.bindings.sub(self.buffer.sub(Arg.integer(all.arg(2), 0), size(all.arg(3))));
  }

  /** Returns a size, or -1 for everything. */
  static long size(LuaValue size) {
    if (size.isnil() || Arg.isAll(size)) {
      return -1;
    }
    if (!size.isnumber()) {
      throw Raised.plain("unknown sub buffer mode: " + size.tojstring());
    }
    return (long) size.todouble();
  }

  private static Varargs append(Varargs all) {
    BufferValue other = Arg.of(all, 2, BufferValue.class, NAME, "append");
    BufferValue self = self(all, "append");
    if (self.bindings.allowsEdit(self.buffer)) {
      self.buffer.append(other.buffer);
    }
    return LuaValue.NONE;
  }

  private static Varargs copy(Varargs all) {
    BufferValue self = self(all, "clone");
    LuaValue mode = all.arg(2);
    CloneMode how = CloneMode.named(mode.isnil() ? "rw" : mode.tojstring());
    return self.bindings.buffer(self.buffer.copy(how).asScratch());
  }

  @Override
  public LuaValue get(LuaValue key) {
    if (key instanceof LuaInteger index) {
      return LuaValue.valueOf(buffer.get(index.v - 1L));
    }
    return super.get(key);
  }

  @Override
  public void set(LuaValue key, LuaValue value) {
    if (key instanceof LuaInteger index) {
      if (bindings.allowsEdit(buffer)) {
        buffer.set(index.v - 1L, (int) (long) Arg.number(value));
      }
    } else {
      super.set(key, value);
    }
  }

  @Override
  public LuaValue len() {
    return LuaValue.valueOf(buffer.size());
  }

  @Override
  public int length() {
    return buffer.size();
  }

  @Override
  protected LuaValue read(int attribute) {
    return LuaValue.valueOf(buffer.isModified());
  }
}
