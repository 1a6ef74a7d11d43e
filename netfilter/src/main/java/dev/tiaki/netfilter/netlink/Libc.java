package dev.tiaki.netfilter.netlink;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The C functions that netlink needs. Each returns what C returns, or the negative errno as the
 * kernel itself does, so that no call allocates. The first parameter is memory for errno, one per
 * thread or guarded by a lock.
 */
final class Libc {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup SYMBOLS = LINKER.defaultLookup();
  private static final MemorySegment NOWHERE = MemorySegment.NULL;
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle SOCKET =
      handle("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle BIND =
      handle("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle GETSOCKNAME =
      handle("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
  private static final MethodHandle SETSOCKOPT =
      handle(
          "setsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle SEND =
      handle("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle RECV =
      handle("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle RECVMMSG =
      handle(
          "recvmmsg",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle POLL =
      handle("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle EVENTFD =
      handle("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle EVENTFD_WRITE =
      handle("eventfd_write", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
  private static final MethodHandle OPEN =
      handle(
          "open",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle SETNS =
      handle("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle CLOSE =
      handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle STRERROR =
      LINKER.downcallHandle(
          SYMBOLS.findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

  private Libc() {}

  private static MethodHandle handle(
      String name, FunctionDescriptor descriptor, Linker.Option... more) {
    Linker.Option[] options = new Linker.Option[more.length + 1];
    options[0] = Linker.Option.captureCallState("errno");
    System.arraycopy(more, 0, options, 1, more.length);
    return LINKER.downcallHandle(SYMBOLS.findOrThrow(name), descriptor, options);
  }

  /** Returns memory for errno. */
  static MemorySegment state(Arena arena) {
    return arena.allocate(STATE);
  }

  private static int checked(MemorySegment state, int result) {
    return result >= 0 ? result : -(int) ERRNO.get(state, 0L);
  }

  private static long checked(MemorySegment state, long result) {
    return result >= 0 ? result : -(int) ERRNO.get(state, 0L);
  }

  private static AssertionError impossible(Throwable cause) {
    return new AssertionError("a call into the C library failed in Java", cause);
  }

  static int socket(MemorySegment state, int domain, int type, int protocol) {
    try {
      return checked(state, (int) SOCKET.invokeExact(state, domain, type, protocol));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int bind(MemorySegment state, int socket, MemorySegment address, int length) {
    try {
      return checked(state, (int) BIND.invokeExact(state, socket, address, length));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int getsockname(
      MemorySegment state, int socket, MemorySegment address, MemorySegment length) {
    try {
      return checked(state, (int) GETSOCKNAME.invokeExact(state, socket, address, length));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int setsockopt(
      MemorySegment state, int socket, int level, int option, MemorySegment value, int length) {
    try {
      return checked(
          state, (int) SETSOCKOPT.invokeExact(state, socket, level, option, value, length));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static long send(MemorySegment state, int socket, MemorySegment bytes, long length, int flags) {
    try {
      return checked(state, (long) SEND.invokeExact(state, socket, bytes, length, flags));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static long recv(MemorySegment state, int socket, MemorySegment bytes, long length, int flags) {
    try {
      return checked(state, (long) RECV.invokeExact(state, socket, bytes, length, flags));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int recvmmsg(
      MemorySegment state, int socket, MemorySegment headers, int count, int flags) {
    try {
      return checked(
          state, (int) RECVMMSG.invokeExact(state, socket, headers, count, flags, NOWHERE));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int poll(MemorySegment state, MemorySegment descriptors, long count, int timeoutMillis) {
    try {
      return checked(state, (int) POLL.invokeExact(state, descriptors, count, timeoutMillis));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int eventfd(MemorySegment state, int flags) {
    try {
      return checked(state, (int) EVENTFD.invokeExact(state, 0, flags));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int eventfdWrite(MemorySegment state, int descriptor) {
    try {
      return checked(state, (int) EVENTFD_WRITE.invokeExact(state, descriptor, 1L));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int open(MemorySegment state, MemorySegment path, int flags) {
    try {
      return checked(state, (int) OPEN.invokeExact(state, path, flags));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int setns(MemorySegment state, int descriptor, int type) {
    try {
      return checked(state, (int) SETNS.invokeExact(state, descriptor, type));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int close(MemorySegment state, int descriptor) {
    try {
      return checked(state, (int) CLOSE.invokeExact(state, descriptor));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static String strerror(int errno) {
    try {
      MemorySegment text = (MemorySegment) STRERROR.invokeExact(errno);
      return text.reinterpret(256).getString(0);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }
}
