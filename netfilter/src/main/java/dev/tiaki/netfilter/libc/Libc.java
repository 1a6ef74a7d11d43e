package dev.tiaki.netfilter.libc;

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
 * The functions of the C library that sockets need. Each returns what C returns, or the negative
 * errno as the kernel itself does, so that no call allocates. The first parameter is memory for
 * errno, one per thread or guarded by a lock.
 *
 * <p>All go through three shapes of call, since to link a shape takes 10 ms of a JVM that has just
 * begun, and there are thirteen functions. Numbers are passed as 64 bits, of which C reads as many
 * as its type has, and parameters that a function does not have as 0: every 64-bit ABI of Linux
 * passes the first six in registers. What returns an int leaves the upper half undefined.
 */
public final class Libc {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup SYMBOLS = LINKER.defaultLookup();
  private static final MemorySegment NOWHERE = MemorySegment.NULL;
  private static final MemorySegment ONE = Arena.global().allocateFrom(JAVA_LONG, 1);
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  /** {@code f(number, number, number, memory, number)}. */
  private static final MethodHandle OPTION =
      shape(FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG));

  /** {@code f(descriptor, memory, number, number, memory, number)}. */
  private static final MethodHandle TRANSFER =
      shape(
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG));

  /** {@code f(memory, number, number)}. */
  private static final MethodHandle MEMORY_FIRST =
      shape(FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG));

  private static final MemorySegment SOCKET = SYMBOLS.findOrThrow("socket");
  private static final MemorySegment SETSOCKOPT = SYMBOLS.findOrThrow("setsockopt");
  private static final MemorySegment EVENTFD = SYMBOLS.findOrThrow("eventfd");
  private static final MemorySegment SETNS = SYMBOLS.findOrThrow("setns");
  private static final MemorySegment CLOSE = SYMBOLS.findOrThrow("close");
  private static final MemorySegment BIND = SYMBOLS.findOrThrow("bind");
  private static final MemorySegment GETSOCKNAME = SYMBOLS.findOrThrow("getsockname");
  private static final MemorySegment SENDTO = SYMBOLS.findOrThrow("sendto");
  private static final MemorySegment RECVFROM = SYMBOLS.findOrThrow("recvfrom");
  private static final MemorySegment RECVMMSG = SYMBOLS.findOrThrow("recvmmsg");
  private static final MemorySegment WRITE = SYMBOLS.findOrThrow("write");
  private static final MemorySegment POLL = SYMBOLS.findOrThrow("poll");
  private static final MemorySegment OPEN = SYMBOLS.findOrThrow("open");

  /** Linked when there is an error to name. */
  private static final class Names {
    static final MethodHandle STRERROR =
        LINKER.downcallHandle(
            SYMBOLS.findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));
  }

  private Libc() {}

  private static MethodHandle shape(FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(descriptor, Linker.Option.captureCallState("errno"));
  }

  /** Returns memory for errno. */
  public static MemorySegment state(Arena arena) {
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

  private static int option(
      MemorySegment function,
      MemorySegment state,
      long first,
      long second,
      long third,
      MemorySegment value,
      long length) {
    try {
      long result = (long) OPTION.invokeExact(function, state, first, second, third, value, length);
      return checked(state, (int) result);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  private static long transfer(
      MemorySegment function,
      MemorySegment state,
      long descriptor,
      MemorySegment bytes,
      long length,
      long flags,
      MemorySegment address,
      long addressLength) {
    try {
      return (long)
          TRANSFER.invokeExact(
              function, state, descriptor, bytes, length, flags, address, addressLength);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  private static int memoryFirst(
      MemorySegment function, MemorySegment state, MemorySegment memory, long first, long second) {
    try {
      long result = (long) MEMORY_FIRST.invokeExact(function, state, memory, first, second);
      return checked(state, (int) result);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** Returns the descriptor of a new socket. */
  public static int socket(MemorySegment state, int domain, int type, int protocol) {
    return option(SOCKET, state, domain, type, protocol, NOWHERE, 0);
  }

  /** Sets an option of a socket. */
  public static int setsockopt(
      MemorySegment state, int socket, int level, int option, MemorySegment value, int length) {
    return option(SETSOCKOPT, state, socket, level, option, value, length);
  }

  /** Returns a descriptor that becomes readable by {@link #eventfdWrite}. */
  public static int eventfd(MemorySegment state, int flags) {
    return option(EVENTFD, state, 0, flags, 0, NOWHERE, 0);
  }

  /** Moves the calling thread into a namespace. */
  public static int setns(MemorySegment state, int descriptor, int type) {
    return option(SETNS, state, descriptor, type, 0, NOWHERE, 0);
  }

  /** Closes a descriptor. */
  public static int close(MemorySegment state, int descriptor) {
    return option(CLOSE, state, descriptor, 0, 0, NOWHERE, 0);
  }

  /** Gives a socket its address. */
  public static int bind(MemorySegment state, int socket, MemorySegment address, int length) {
    return checked(state, (int) transfer(BIND, state, socket, address, length, 0, NOWHERE, 0));
  }

  /**
   * Asks for the address of a socket.
   *
   * @param length 4 bytes with the room at {@code address}, in the same arena
   */
  public static int getsockname(
      MemorySegment state, int socket, MemorySegment address, MemorySegment length) {
    long result = transfer(GETSOCKNAME, state, socket, address, length.address(), 0, NOWHERE, 0);
    return checked(state, (int) result);
  }

  /** Sends to where the socket is connected; returns how many bytes went. */
  public static long send(
      MemorySegment state, int socket, MemorySegment bytes, long length, int flags) {
    return checked(state, transfer(SENDTO, state, socket, bytes, length, flags, NOWHERE, 0));
  }

  /** Sends to an address; returns how many bytes went. */
  public static long sendto(
      MemorySegment state,
      int socket,
      MemorySegment bytes,
      long length,
      MemorySegment address,
      int addressLength) {
    return checked(
        state, transfer(SENDTO, state, socket, bytes, length, 0, address, addressLength));
  }

  /** Receives into memory; returns how many bytes came. */
  public static long recv(
      MemorySegment state, int socket, MemorySegment bytes, long length, int flags) {
    return checked(state, transfer(RECVFROM, state, socket, bytes, length, flags, NOWHERE, 0));
  }

  /** Receives several messages at once, without a time limit; returns how many. */
  public static int recvmmsg(
      MemorySegment state, int socket, MemorySegment headers, int count, int flags) {
    long result = transfer(RECVMMSG, state, socket, headers, count, flags, NOWHERE, 0);
    return checked(state, (int) result);
  }

  /** Makes what {@link #eventfd} returned readable. */
  public static int eventfdWrite(MemorySegment state, int descriptor) {
    long result = transfer(WRITE, state, descriptor, ONE, ONE.byteSize(), 0, NOWHERE, 0);
    return (int) checked(state, result);
  }

  /** Waits until one of {@code count} descriptors is ready; returns how many are. */
  public static int poll(
      MemorySegment state, MemorySegment descriptors, long count, int timeoutMillis) {
    return memoryFirst(POLL, state, descriptors, count, timeoutMillis);
  }

  /** Opens a file that is there; returns its descriptor. */
  public static int open(MemorySegment state, MemorySegment path, int flags) {
    return memoryFirst(OPEN, state, path, flags, 0);
  }

  /** Returns the C library's words for an error. */
  public static String strerror(int errno) {
    try {
      MemorySegment text = (MemorySegment) Names.STRERROR.invokeExact(errno);
      return text.reinterpret(256).getString(0);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }
}
