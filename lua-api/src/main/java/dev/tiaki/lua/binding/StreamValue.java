package dev.tiaki.lua.binding;

import dev.tiaki.engine.buffer.BufferStream;
import dev.tiaki.engine.buffer.VirtualBuffer;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A {@code vbuffer_stream}: a queue of buffers that reads as one. */
public final class StreamValue extends NativeObject {
  private static final AttributeNames ATTRIBUTES = AttributeNames.of("isfinished", "data");
  private static final int FINISHED = 0;
  private static final String NAME = "vbuffer_stream";

  private final Bindings bindings;
  private final BufferStream stream;
  private @Nullable Comanager comanager;

  StreamValue(Bindings bindings, BufferStream stream) {
    super(stream, bindings.streams);
    this.bindings = bindings;
    this.stream = stream;
  }

  static NativeClass describe() {
    return new NativeClass(NAME, ATTRIBUTES)
        .method("push", StreamValue::push)
        .method("pop", StreamValue::pop)
        .method("getcomanager", all -> self(all, "getcomanager").comanager())
        .action("finish", StreamValue.class, self -> self.stream.finish());
  }

  private static StreamValue self(Varargs all, String function) {
    return Arg.of(all, 1, StreamValue.class, NAME, function);
  }

  boolean isOf(Bindings owner) {
    return bindings == owner;
  }

  /** Returns the stream. */
  public BufferStream stream() {
    return stream;
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
    StreamValue self = self(all, "push");
    BufferValue data = Arg.of(all, 2, BufferValue.class, "vbuffer", "push");
    return self.bindings.iterator(self.stream.push(data.virtualBuffer()));
  }

  private static Varargs pop(Varargs all) {
    StreamValue self = self(all, "pop");
    VirtualBuffer piece = self.stream.pop();
    return piece == null ? LuaValue.NIL : self.bindings.buffer(piece);
  }

  @Override
  protected LuaValue read(int attribute) {
    return attribute == FINISHED
        ? LuaValue.valueOf(stream.isFinished())
        : bindings.buffer(stream.data());
  }
}
