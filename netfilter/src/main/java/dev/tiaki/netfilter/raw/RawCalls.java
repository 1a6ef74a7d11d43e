package dev.tiaki.netfilter.raw;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The C functions that raw sockets need; each returns what C returns, or the negative errno. */
final class RawCalls {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodHandle SOCKET =
      handle("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle SETSOCKOPT =
      handle(
          "setsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle SENDTO =
      handle(
          "sendto",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle CLOSE =
      handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private RawCalls() {}

  private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        descriptor,
        Linker.Option.captureCallState("errno"));
  }

  static MemorySegment state(Arena arena) {
    return arena.allocate(STATE);
  }

  private static AssertionError impossible(Throwable cause) {
    return new AssertionError("a call into the C library failed in Java", cause);
  }

  private static int checked(MemorySegment state, int result) {
    return result >= 0 ? result : -(int) ERRNO.get(state, 0L);
  }

  static int socket(MemorySegment state, int domain, int type, int protocol) {
    try {
      return checked(state, (int) SOCKET.invokeExact(state, domain, type, protocol));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int option(
      MemorySegment state, int socket, int level, int option, MemorySegment value, int length) {
    try {
      return checked(
          state, (int) SETSOCKOPT.invokeExact(state, socket, level, option, value, length));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int sendTo(
      MemorySegment state,
      int socket,
      MemorySegment bytes,
      long length,
      MemorySegment address,
      int addressLength) {
    try {
      long sent =
          (long) SENDTO.invokeExact(state, socket, bytes, length, 0, address, addressLength);
      return checked(state, (int) sent);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int close(MemorySegment state, int socket) {
    try {
      return checked(state, (int) CLOSE.invokeExact(state, socket));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }
}
