package dev.tiaki.lua.grammar;

import dev.tiaki.engine.buffer.VirtualBuffer;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;

/** The result of a record, as a field of the result around it. */
final class SubResultField extends BufferField {
  private final boolean writable;
  private LuaValue result;

  SubResultField(Property property, LuaValue result) {
    super(property);
    this.writable = property.writer() != null;
    this.result = result;
  }

  @Override
  protected LuaValue load() {
    return result;
  }

  @Override
  protected @Nullable VirtualBuffer target() {
    return null;
  }

  @Override
  protected void store(LuaValue value) {
    if (writable) {
      result = value;
    }
  }
}
