package dev.tiaki.lua.grammar;

import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.lua.fault.Raised;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;

/** A number in the buffer. */
final class NumberField extends BufferField {
  private static final double TWO_TO_64 = 0x1p64;

  private final @Nullable SubBuffer range;
  private final int bitOffset;
  private final int bits;
  private final boolean littleEndian;

  NumberField(
      Property property, @Nullable SubBuffer range, int bitOffset, int bits, boolean littleEndian) {
    super(property);
    this.range = range;
    this.bitOffset = bitOffset;
    this.bits = bits;
    this.littleEndian = littleEndian;
  }

  private SubBuffer bytes(String operation) {
    SubBuffer known = range;
    if (known == null) {
      throw Raised.plain(operation + ": unsupported size 0"); // the data ended before
    }
    return known;
  }

  @Override
  protected LuaValue load() {
    long value = bytes("asnumber").asBits(bitOffset, bits, littleEndian);
    if (value >= 0) {
      return value == (int) value
          ? LuaValue.valueOf((int) value)
          : LuaValue.valueOf((double) value);
    }
    return LuaValue.valueOf(value + TWO_TO_64);
  }

  @Override
  protected @Nullable VirtualBuffer target() {
    return range == null ? null : range.buffer();
  }

  @Override
  protected void store(LuaValue value) {
    SubBuffer target = bytes("setnumber");
    if (!value.isnumber()) {
      throw Raised.plain("expected 'number' got '" + value.typename() + "'");
    }
    double number = value.todouble();
    long whole = number >= 0x1p63 ? (long) (number - TWO_TO_64) : (long) number;
    boolean aligned = bitOffset == 0 && (bits == 8 || bits == 16 || bits == 32 || bits == 64);
    if (aligned) {
      target.setNumber(whole, littleEndian);
    } else {
      target.setBits(bitOffset, bits, whole, littleEndian);
    }
  }
}
