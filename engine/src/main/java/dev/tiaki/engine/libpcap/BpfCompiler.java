package dev.tiaki.engine.libpcap;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * libpcap's compiler of filter expressions and its machine for them, called without pcap4j: that
 * takes 2 µs for each packet (JNA copies the packet there and back), this about 50 ns.
 */
final class BpfCompiler {
  private static final List<String> NAMES =
      List.of("libpcap.so.1", "libpcap.so.0.8", "libpcap.so", "libpcap.dylib");
  private static final int SNAP_LENGTH = 262_144;
  private static final int OPTIMIZE = 1;
  private static final int NETMASK_UNKNOWN = -1;

  /** The size of struct bpf_program (pcap/bpf.h): a count, and a pointer to instructions at 8. */
  private static final int PROGRAM_BYTES = 16;

  private static final int PROGRAM_INSTRUCTIONS = 8;

  private final MethodHandle openDead;
  private final MethodHandle compile;
  private final MethodHandle error;
  private final MethodHandle close;
  private final MethodHandle filter;

  private BpfCompiler(SymbolLookup library) {
    openDead =
        handle(library, "pcap_open_dead", FunctionDescriptor.of(ADDRESS, JAVA_INT, JAVA_INT));
    compile =
        handle(
            library,
            "pcap_compile",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, JAVA_INT));
    error = handle(library, "pcap_geterr", FunctionDescriptor.of(ADDRESS, ADDRESS));
    close = handle(library, "pcap_close", FunctionDescriptor.ofVoid(ADDRESS));
    filter =
        handle(
            library,
            "bpf_filter",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, JAVA_INT),
            Linker.Option.critical(true));
  }

  private static MethodHandle handle(
      SymbolLookup library, String name, FunctionDescriptor type, Linker.Option... options) {
    return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), type, options);
  }

  /**
   * Loads libpcap.
   *
   * @throws IOException when it is not there; the message says what to install
   */
  static BpfCompiler load() throws IOException {
    for (String name : NAMES) {
      try {
        return new BpfCompiler(SymbolLookup.libraryLookup(name, Arena.global()));
      } catch (IllegalArgumentException notThere) {
        // the next name
      }
    }
    throw new IOException(Libpcap.MISSING);
  }

  /**
   * Compiles an expression.
   *
   * @param number what libpcap calls the link type in memory
   * @return the instructions, which are never freed: filters live as long as the program
   * @throws IOException when it makes no sense for that link type; libpcap's message
   */
  synchronized MemorySegment compile(String expression, int number) throws IOException {
    MemorySegment program = Arena.global().allocate(PROGRAM_BYTES, 8);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment handle = (MemorySegment) openDead.invokeExact(number, SNAP_LENGTH);
      try {
        int result =
            (int)
                compile.invokeExact(
                    handle, program, arena.allocateFrom(expression), OPTIMIZE, NETMASK_UNKNOWN);
        if (result != 0) {
          throw new IOException(text((MemorySegment) error.invokeExact(handle)));
        }
      } finally {
        close.invokeExact(handle);
      }
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    return program.get(ADDRESS, PROGRAM_INSTRUCTIONS);
  }

  private static String text(MemorySegment message) {
    return message.reinterpret(Integer.MAX_VALUE).getString(0);
  }

  /** Runs instructions over the bytes of a packet from {@code from} to {@code length}. */
  boolean matches(MemorySegment instructions, byte[] packet, int from, int length, int wireLength) {
    try {
      MemorySegment bytes = MemorySegment.ofArray(packet).asSlice(from);
      return (int) filter.invokeExact(instructions, bytes, wireLength, length - from) != 0;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
