package dev.tiaki.lua.binding;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.buffer.SubBufferStream;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A {@code vbuffer_sub_stream}: a stream fed with ranges of another buffer. */
final class SubStreamValue extends NativeObject {
  private static final AttributeNames ATTRIBUTES = AttributeNames.of("isfinished", "data");
  private static final int FINISHED = 0;
  private static final String NAME = "vbuffer_sub_stream";

  private final Bindings bindings;
  private final SubBufferStream stream;
  private @Nullable Comanager comanager;

  SubStreamValue(Bindings bindings, SubBufferStream stream) {
    super(stream, bindings.subStreams);
    this.bindings = bindings;
    this.stream = stream;
  }

  static NativeClass describe() {
    return new NativeClass(NAME, ATTRIBUTES)
        .method("push", SubStreamValue::push)
        .method("pop", all -> pop(self(all, "pop")))
        .method("getcomanager", all -> self(all, "getcomanager").comanager())
        .action("finish", SubStreamValue.class, self -> self.stream.finish());
  }

  private static SubStreamValue self(Varargs all, String function) {
    return Arg.of(all, 1, SubStreamValue.class, NAME, function);
  }

  private Comanager comanager() {
    Comanager made = comanager;
    if (made == null) {
      made = new Comanager(bindings);
      comanager = made;
    }
    return made;
  }

  private static Varargs push(Varargs all) {
    SubStreamValue self = self(all, "push");
    if (all.arg(2).isnil()) {
      return LuaValue.NIL;
    }
    SubValue data = Arg.of(all, 2, SubValue.class, "vbuffer_sub", "push");
    BufferIterator current = self.stream.push(data.sub());
    return current == null ? LuaValue.NIL : self.bindings.iterator(current);
  }

  private static Varargs pop(SubStreamValue self) {
    SubBuffer piece = self.stream.pop();
    return self.bindings.subOrNil(piece);
  }

  @Override
  protected LuaValue read(int attribute) {
    return attribute == FINISHED
        ? LuaValue.valueOf(stream.isFinished())
        : bindings.buffer(stream.data());
  }
}
