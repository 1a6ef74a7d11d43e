package dev.tiaki.lua.misc;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.lua.binding.BlockingIteratorValue;
import dev.tiaki.lua.binding.IteratorValue;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.text.ByteText;
import java.lang.ref.Cleaner;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** A disassembler for one architecture and mode. */
final class AsmDisassembler extends LuaTable {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final int LONGEST_X86 = 16;

  private final Capstone library;
  private final long handle;
  private final int longest;
  private final int skipped;

  /**
   * Makes a disassembler.
   *
   * @param handle what the library knows it by
   * @param x86 whether instructions have any length from 1 to 16, else they have 4
   * @param skipped how many octets are passed over that are no instruction
   */
  AsmDisassembler(Capstone library, long handle, boolean x86, int skipped, LuaTable metatable) {
    this.library = library;
    this.handle = handle;
    this.longest = x86 ? LONGEST_X86 : 4;
    this.skipped = skipped;
    setmetatable(metatable);
    CLEANER.register(this, () -> library.close(handle));
  }

  static AsmDisassembler of(LuaValue value) {
    if (value instanceof AsmDisassembler known) {
      return known;
    }
    throw Raised.plain("expected 'asm_handle' got '" + value.typename() + "'");
  }

  void setSyntax(int syntax) {
    library.setSyntax(handle, syntax);
  }

  /** Decodes one instruction; an iterator moves behind it. */
  boolean disassemble(LuaValue code, AsmInstruction into) {
    return switch (code) {
      case LuaString text -> ofText(ByteText.copyOf(text), into);
      case BlockingIteratorValue waiting -> ofStream(waiting, into);
      case IteratorValue place -> ofBuffer(place.iterator(), into);
      default -> throw Raised.plain("invalid iterator");
    };
  }

  private boolean ofText(byte[] code, AsmInstruction into) {
    byte[] first = Arrays.copyOf(code, Math.min(code.length, longest));
    if (into.decode(library, handle, first)) {
      return true;
    }
    if (first.length > 0) {
      into.setBad(Arrays.copyOf(first, Math.min(skipped, first.length)));
    }
    return false;
  }

  private boolean ofBuffer(BufferIterator at, AsmInstruction into) {
    BufferIterator ahead = at.copy();
    byte[] code = bytes(ahead.sub(longest, false));
    boolean ends = code.length < longest && ahead.isEof();
    if (!decodes(code, ends, into)) {
      return false;
    }
    at.advance(into.size());
    return true;
  }

  /** Waits octet by octet for an instruction that stands in several pieces. */
  private boolean ofStream(BlockingIteratorValue waiting, AsmInstruction into) {
    BufferIterator at = waiting.iterator();
    if (!waiting.waitForData()) {
      return false;
    }
    while (!ofBuffer(at, into)) {
      long meter = at.meter();
      int have = bytes(at.copy().sub(longest, false)).length;
      SubBuffer more = waiting.take(have + 1L);
      if (more == null) {
        return false;
      }
      boolean ended = more.size() <= have;
      at.moveTo(more.position(0));
      at.setMeter(meter);
      if (ended && !decodes(more.toByteArray(), true, into)) {
        return false;
      }
      if (ended) {
        at.advance(into.size());
        return true;
      }
    }
    return true;
  }

  /** Decodes, or says what is no instruction; false when more octets are wanted. */
  private boolean decodes(byte[] code, boolean ends, AsmInstruction into) {
    if (code.length == 0) {
      return false;
    }
    if (into.decode(library, handle, code)) {
      return true;
    }
    if (code.length < longest && !ends) {
      return false;
    }
    into.setBad(Arrays.copyOf(code, Math.min(skipped, code.length)));
    return true;
  }

  private static byte[] bytes(@Nullable SubBuffer range) {
    return range == null ? new byte[0] : range.toByteArray();
  }
}
