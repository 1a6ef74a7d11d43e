package dev.tiaki.lua.misc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** The functions of the library Capstone, versions 4 and 5, as {@code capstone.h} declares them. */
final class Capstone {
  /** {@code CS_OPT_SYNTAX} of {@code cs_option}. */
  private static final int OPTION_SYNTAX = 1;

  private static final String[] LIBRARIES = {"libcapstone.so.4", "libcapstone.so.5"};

  private final MethodHandle open;
  private final MethodHandle close;
  private final MethodHandle option;
  private final MethodHandle disassemble;

  /** How many octets of an instruction {@code cs_insn} holds: 16 until version 5, which has 24. */
  private final int instructionBytes;

  private Capstone(SymbolLookup library) throws Throwable {
    open = function(library, "cs_open", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
    close = function(library, "cs_close", JAVA_INT, ADDRESS);
    option = function(library, "cs_option", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG);
    disassemble =
        function(
            library, "cs_disasm_iter", JAVA_BOOLEAN, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    MethodHandle version = function(library, "cs_version", JAVA_INT, ADDRESS, ADDRESS);
    int number = (int) version.invokeExact(MemorySegment.NULL, MemorySegment.NULL);
    instructionBytes = number >>> 8 >= 5 ? 24 : 16;
  }

  private static MethodHandle function(
      SymbolLookup library, String name, ValueLayout result, ValueLayout... parameters) {
    return Linker.nativeLinker()
        .downcallHandle(
            library.find(name).orElseThrow(() -> new IllegalArgumentException(name)),
            FunctionDescriptor.of(result, parameters));
  }

  /** Returns the library, or null where it is not installed. */
  static @Nullable Capstone installed() {
    return Holder.FOUND;
  }

  private static final class Holder {
    static final @Nullable Capstone FOUND = find();

    private static @Nullable Capstone find() {
      for (String name : LIBRARIES) {
        try {
          return new Capstone(SymbolLookup.libraryLookup(name, Arena.global()));
        } catch (Throwable notThere) {
          // another version, or none
        }
      }
      return null;
    }
  }

  int instructionBytes() {
    return instructionBytes;
  }

  /** Opens a disassembler; 0 when the library knows no such architecture and mode. */
  long open(int architecture, int mode) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment handle = arena.allocate(JAVA_LONG);
      int error = (int) open.invokeExact(architecture, mode, handle);
      return error == 0 ? handle.get(JAVA_LONG, 0) : 0;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  void close(long handle) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment place = arena.allocate(JAVA_LONG);
      place.set(JAVA_LONG, 0, handle);
      int ignored = (int) close.invokeExact(place);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  void setSyntax(long handle, int syntax) {
    try {
      int ignored = (int) option.invokeExact(handle, OPTION_SYNTAX, (long) syntax);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Decodes one instruction at the beginning of {@code code} into {@code instruction}. */
  boolean decode(long handle, byte[] code, long address, MemorySegment instruction) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, code);
      MemorySegment at = arena.allocate(ADDRESS);
      at.set(ADDRESS, 0, bytes);
      MemorySegment size = arena.allocate(JAVA_LONG);
      size.set(JAVA_LONG, 0, code.length);
      MemorySegment next = arena.allocate(JAVA_LONG);
      next.set(JAVA_LONG, 0, address);
      return (boolean) disassemble.invokeExact(handle, at, size, next, instruction);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
