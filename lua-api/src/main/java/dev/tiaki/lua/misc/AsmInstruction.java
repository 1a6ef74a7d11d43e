package dev.tiaki.lua.misc;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.tiaki.lua.fault.Raised;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Locale;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** An instruction as rules have it: what was decoded last, and the address of the next one. */
final class AsmInstruction extends LuaTable {
  // struct cs_insn: id, address, size, bytes, mnemonic[32], op_str[160], detail
  private static final int ID = 0;
  private static final int ADDRESS = 8;
  private static final int SIZE = 16;
  private static final int BYTES = 18;
  private static final int MNEMONIC_BYTES = 32;
  private static final int OPERANDS_BYTES = 160;
  private static final int STRUCT_BYTES = 256;

  private final int codeBytes;
  private final MemorySegment struct = Arena.ofAuto().allocate(STRUCT_BYTES, Long.BYTES);
  private long next;

  AsmInstruction(Capstone library, long address, LuaTable metatable) {
    codeBytes = library.instructionBytes();
    next = address;
    setmetatable(metatable);
  }

  static AsmInstruction of(LuaValue value) {
    if (value instanceof AsmInstruction known) {
      return known;
    }
    throw Raised.plain("invalid instruction");
  }

  /** Decodes what {@code code} begins with; tells whether that is an instruction. */
  boolean decode(Capstone library, long handle, byte[] code) {
    boolean decoded = library.decode(handle, code, next, struct);
    next += decoded ? size() : 0;
    return decoded;
  }

  /** Says that {@code code} is no instruction. */
  void setBad(byte[] code) {
    struct.fill((byte) 0);
    struct.set(JAVA_LONG, ADDRESS, next);
    struct.set(JAVA_SHORT, SIZE, (short) code.length);
    MemorySegment.copy(code, 0, struct, JAVA_BYTE, BYTES, code.length);
    struct.setString(mnemonicOffset(), "(bad)");
    next += code.length;
  }

  int size() {
    return Short.toUnsignedInt(struct.get(JAVA_SHORT, SIZE));
  }

  byte[] code() {
    return struct.asSlice(BYTES, Math.min(size(), codeBytes)).toArray(JAVA_BYTE);
  }

  private int mnemonicOffset() {
    return BYTES + codeBytes;
  }

  String mnemonic() {
    return text(mnemonicOffset(), MNEMONIC_BYTES);
  }

  String operands() {
    return text(mnemonicOffset() + MNEMONIC_BYTES, OPERANDS_BYTES);
  }

  private String text(int offset, int length) {
    byte[] bytes = struct.asSlice(offset, length).toArray(JAVA_BYTE);
    int end = 0;
    while (end < length && bytes[end] != 0) {
      end++;
    }
    return LuaString.valueUsing(Arrays.copyOf(bytes, end)).tojstring();
  }

  /** Returns the line that shows the instruction. */
  String line() {
    StringBuilder line =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "\t0x%08x %-8s %-32s",
                struct.get(JAVA_LONG, ADDRESS),
                mnemonic(),
                operands()));
    for (byte octet : code()) {
      line.append(String.format(Locale.ROOT, "%02x ", octet));
    }
    return line.toString();
  }

  @Override
  public LuaValue get(LuaValue key) {
    return switch (key.tojstring()) {
      case "id" -> valueOf((double) Integer.toUnsignedLong(struct.get(JAVA_INT, ID)));
      case "address" -> valueOf((double) struct.get(JAVA_LONG, ADDRESS));
      case "size" -> valueOf(size());
      default -> super.get(key);
    };
  }
}
