package dev.tiaki.lua.grammar;

import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.engine.regexp.Scan;
import dev.tiaki.lua.binding.CompiledRegexp;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.text.ByteText;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** A token in the buffer. Its text is kept: the bytes may have left the stream. */
final class TokenField extends BufferField {
  private final CompiledRegexp regexp;
  private final LuaString pattern;
  private final SubBuffer range;
  private LuaValue text;

  TokenField(Property property, CompiledRegexp regexp, LuaString pattern, SubBuffer range) {
    super(property);
    this.regexp = regexp;
    this.pattern = pattern;
    this.range = range;
    text = LuaString.valueUsing(range.toByteArray());
  }

  @Override
  protected LuaValue load() {
    return text;
  }

  @Override
  protected @Nullable VirtualBuffer target() {
    return range.buffer();
  }

  @Override
  protected void store(LuaValue value) {
    if (!value.isstring()) {
      throw Raised.plain("expected 'string' got '" + value.typename() + "'");
    }
    LuaString wanted = value.strvalue();
    Scan scan = regexp.regexp().anchoredScan();
    scan.feed(wanted.m_bytes, wanted.m_offset, wanted.m_length);
    scan.end();
    if (!scan.isMatched()) {
      throw Raised.at(
          "token value '%s' does not verify /%s/"
              .formatted(ByteText.of(wanted), ByteText.of(pattern)));
    }
    range.setBytes(ByteText.copyOf(wanted));
    text = wanted;
  }
}
