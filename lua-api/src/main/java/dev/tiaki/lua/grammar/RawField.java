package dev.tiaki.lua.grammar;

import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.lua.binding.BufferValue;
import dev.tiaki.lua.binding.SubValue;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.text.ByteText;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;

/** Bytes in the buffer; setting them replaces them. */
final class RawField extends BufferField {
  private final LuaValue range;

  RawField(Property property, LuaValue range) {
    super(property);
    this.range = range;
  }

  @Override
  protected LuaValue load() {
    return range;
  }

  @Override
  protected @Nullable VirtualBuffer target() {
    return range instanceof SubValue sub ? sub.sub().buffer() : null;
  }

  @Override
  protected void store(LuaValue value) {
    replace(range, value);
  }

  /** Replaces the bytes of a range by a string or by the content of a buffer. */
  static void replace(LuaValue range, LuaValue value) {
    if (!(range instanceof SubValue sub)) {
      throw Raised.plain("there are no bytes to replace");
    }
    if (value instanceof BufferValue buffer) {
      sub.sub().replace(buffer.virtualBuffer());
    } else if (value.isstring()) {
      sub.sub().setBytes(ByteText.copyOf(value.strvalue()));
    } else {
      throw Raised.plain("expected 'vbuffer' got '" + value.typename() + "'");
    }
  }
}
