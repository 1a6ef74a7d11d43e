package dev.tiaki.netfilter.netlink;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.tiaki.netfilter.libc.Libc;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * One netlink socket with its receive buffer. Reading allocates nothing. Not for several threads at
 * once, except {@link #wake}, {@link #interrupt} and {@link #sendAside}.
 */
public final class NetlinkSocket implements AutoCloseable {
  /** Big enough for the 32 KiB the kernel puts into one read of a dump, and for any event. */
  public static final int BUFFER_BYTES = 1 << 17;

  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW_CLOEXEC = 3 | 0x8_0000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_SNDBUF = 7;
  private static final int SO_RCVBUF = 8;
  private static final int SO_RCVTIMEO = 20;
  private static final int SO_ATTACH_FILTER = 26;
  private static final int SO_SNDBUFFORCE = 32;
  private static final int SO_RCVBUFFORCE = 33;
  private static final int SOL_NETLINK = 270;
  private static final int ADD_MEMBERSHIP = 1;
  private static final int BROADCAST_ERROR = 4;
  private static final int NO_ENOBUFS = 5;
  private static final int CAP_ACK = 10;
  private static final int EXT_ACK = 11;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_TRUNC = 0x20;
  private static final int POLLIN = 1;
  private static final int ADDRESS_BYTES = 12;
  private static final int NOOP = 1;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment state = Libc.state(arena);
  private final MemorySegment wakeState = Libc.state(arena);
  private final MemorySegment question = arena.allocate(Netlink.HEADER_BYTES, 8);
  private final MemorySegment scratch = arena.allocate(16, 8);
  private final MemorySegment polled = arena.allocate(16, 8);
  private final MemorySegment buffer = arena.allocate(BUFFER_BYTES, 8);
  private final NetlinkMessages messages = new NetlinkMessages(buffer);
  private int descriptor = -1;
  private int wakeDescriptor = -1;
  private int portId;

  private NetlinkSocket() {}

  /**
   * Opens a socket.
   *
   * @param namespace where
   * @param protocol such as {@link Netlink#NETLINK_NETFILTER}
   * @param receiveBufferBytes the kernel's queue for it; past {@code net.core.rmem_max} only with
   *     CAP_NET_ADMIN
   * @throws IOException when the namespace is gone or the kernel has no such protocol
   */
  public static NetlinkSocket open(NetworkNamespace namespace, int protocol, int receiveBufferBytes)
      throws IOException {
    return namespace.call(() -> {
      NetlinkSocket socket = new NetlinkSocket();
      try {
        socket.start(protocol, receiveBufferBytes);
      } catch (IOException | RuntimeException e) {
        socket.close();
        throw e;
      }
      return socket;
    });
  }

  private void start(int protocol, int receiveBufferBytes) throws NetlinkException {
    descriptor =
        check("netlink socket", Libc.socket(state, AF_NETLINK, SOCK_RAW_CLOEXEC, protocol));
    wakeDescriptor = check("eventfd", Libc.eventfd(state, 0x8_0800));
    scratch.fill((byte) 0);
    scratch.set(JAVA_SHORT, 0, (short) AF_NETLINK);
    check("netlink bind", Libc.bind(state, descriptor, scratch, ADDRESS_BYTES));
    scratch.set(JAVA_INT, 12, ADDRESS_BYTES);
    check("netlink address", Libc.getsockname(state, descriptor, scratch, scratch.asSlice(12, 4)));
    portId = scratch.get(JAVA_INT, 4);
    if (option(SOL_SOCKET, SO_RCVBUFFORCE, receiveBufferBytes) < 0) {
      option(SOL_SOCKET, SO_RCVBUF, receiveBufferBytes);
    }
    option(SOL_NETLINK, CAP_ACK, 1);
    option(SOL_NETLINK, EXT_ACK, 1);
  }

  private static int check(String what, int result) throws NetlinkException {
    if (result < 0) {
      throw new NetlinkException(what, -result, null);
    }
    return result;
  }

  private int option(int level, int name, int value) {
    scratch.set(JAVA_INT, 0, value);
    return Libc.setsockopt(state, descriptor, level, name, scratch, 4);
  }

  /** Returns the port id that the kernel gave this socket; its own changes' events carry it. */
  public int portId() {
    return portId;
  }

  /**
   * Joins multicast group {@code group}.
   *
   * @throws NetlinkException with EPERM without CAP_NET_ADMIN
   */
  public void join(int group) throws NetlinkException {
    check("joining netlink group " + group, option(SOL_NETLINK, ADD_MEMBERSHIP, group));
  }

  /**
   * Has the kernel keep back what {@code program} refuses.
   *
   * @throws NetlinkException when the kernel refuses the program
   */
  public void attach(SocketProgram program) throws NetlinkException {
    try (Arena passing = Arena.ofConfined()) {
      check(
          "SO_ATTACH_FILTER",
          Libc.setsockopt(
              state, descriptor, SOL_SOCKET, SO_ATTACH_FILTER, program.write(passing), 16));
    }
  }

  /** Lets one send have up to this many octets; past the kernel's own bound with CAP_NET_ADMIN. */
  public void sendUpTo(int bytes) {
    if (option(SOL_SOCKET, SO_SNDBUFFORCE, bytes) < 0) {
      option(SOL_SOCKET, SO_SNDBUF, bytes);
    }
  }

  /** Lets the kernel know of messages that did not fit, so that it may send them again. */
  public void reportUndelivered() throws NetlinkException {
    check("NETLINK_BROADCAST_ERROR", option(SOL_NETLINK, BROADCAST_ERROR, 1));
  }

  /** Makes lost messages silent: for statistics only. */
  public void ignoreOverruns() throws NetlinkException {
    check("NETLINK_NO_ENOBUFS", option(SOL_NETLINK, NO_ENOBUFS, 1));
  }

  /**
   * Makes reads give up with EAGAIN after this time, so that a lost answer never hangs a caller.
   */
  public void giveUpAfter(int seconds) throws NetlinkException {
    scratch.set(JAVA_LONG, 0, seconds);
    scratch.set(JAVA_LONG, 8, 0);
    check("SO_RCVTIMEO", Libc.setsockopt(state, descriptor, SOL_SOCKET, SO_RCVTIMEO, scratch, 16));
  }

  /** Returns the descriptor, for calls that this class does not make. */
  int descriptor() {
    return descriptor;
  }

  /** Makes reads give up with EAGAIN after this time, 1 to 999 999 milliseconds. */
  public void giveUpAfterMillis(int millis) throws NetlinkException {
    scratch.set(JAVA_LONG, 0, millis / 1000);
    scratch.set(JAVA_LONG, 8, millis % 1000 * 1000L);
    check("SO_RCVTIMEO", Libc.setsockopt(state, descriptor, SOL_SOCKET, SO_RCVTIMEO, scratch, 16));
  }

  /**
   * Sends {@code length} octets of messages in one call; allocates nothing.
   *
   * @return the octets sent, or a negative errno
   */
  public long send(MemorySegment bytes, long length) {
    return Libc.send(state, descriptor, bytes, length, 0);
  }

  /** Sends all messages of {@code writer} in one call. */
  public void send(MessageWriter writer) throws NetlinkException {
    long sent = Libc.send(state, descriptor, writer.memory(), writer.size(), 0);
    if (sent < 0) {
      throw new NetlinkException("netlink send", (int) -sent, null);
    }
  }

  /**
   * Waits for the next datagram and returns its messages, valid until the next read.
   *
   * @throws NetlinkException with ENOBUFS when messages were lost: the socket stays usable and the
   *     next read goes on
   */
  public NetlinkMessages receive() throws NetlinkException {
    long length = receive(0);
    if (length < 0) {
      throw new NetlinkException("netlink receive", (int) -length, null);
    }
    return messages;
  }

  /**
   * Reads a datagram if there is one: its octets (then {@link #messages} holds it), or a negative
   * errno, {@code -EAGAIN} when there is none.
   */
  public long receiveNow() {
    return receive(MSG_DONTWAIT);
  }

  private long receive(int flags) {
    long length;
    do {
      length = Libc.recv(state, descriptor, buffer, BUFFER_BYTES, flags | MSG_TRUNC);
    } while (length == -Errno.EINTR);
    messages.over(Math.clamp(length, 0, BUFFER_BYTES));
    return length;
  }

  /** Returns the messages of the last read. */
  public NetlinkMessages messages() {
    return messages;
  }

  /** Waits until there is something to read; false after {@link #wake} or the time. */
  public boolean await(int timeoutMillis) throws NetlinkException {
    polled.set(JAVA_INT, 0, descriptor);
    polled.set(JAVA_INT, 4, POLLIN);
    polled.set(JAVA_INT, 8, wakeDescriptor);
    polled.set(JAVA_INT, 12, POLLIN);
    int ready = Libc.poll(state, polled, 2, timeoutMillis);
    if (ready < 0 && ready != -Errno.EINTR) {
      throw new NetlinkException("poll", -ready, null);
    }
    return ready > 0 && polled.get(JAVA_SHORT, 6) != 0 && polled.get(JAVA_SHORT, 14) == 0;
  }

  /** Lets every present and later {@link #await} return false; may be called by any thread. */
  public void wake() {
    Libc.eventfdWrite(wakeState, wakeDescriptor);
  }

  /**
   * Ends a read that waits, or the next one: the kernel acknowledges a message that asks for
   * nothing, which comes as a datagram. May be called by any thread, also when the socket is
   * closed.
   */
  public void interrupt() {
    synchronized (question) {
      if (arena.scope().isAlive()) {
        question.set(JAVA_INT, Netlink.LENGTH, Netlink.HEADER_BYTES);
        question.set(JAVA_SHORT, Netlink.TYPE, (short) NOOP);
        question.set(JAVA_SHORT, Netlink.FLAGS, (short) (Netlink.REQUEST | Netlink.ACK));
        Libc.send(wakeState, descriptor, question, Netlink.HEADER_BYTES, MSG_DONTWAIT);
      }
    }
  }

  /**
   * Sends the messages of {@code writer} beside what the socket's own thread does; an answer comes
   * among those that it reads. May be called by any thread, also when the socket is closed.
   *
   * @return whether the kernel took them
   */
  public boolean sendAside(MessageWriter writer) {
    synchronized (question) {
      return arena.scope().isAlive()
          && Libc.send(wakeState, descriptor, writer.memory(), writer.size(), MSG_DONTWAIT) >= 0;
    }
  }

  /** Closes the socket and frees its memory; a second call does nothing. */
  @Override
  public void close() {
    synchronized (question) {
      free();
    }
  }

  private void free() {
    if (!arena.scope().isAlive()) {
      return;
    }
    if (descriptor >= 0) {
      Libc.close(state, descriptor);
    }
    if (wakeDescriptor >= 0) {
      Libc.close(state, wakeDescriptor);
    }
    arena.close();
  }
}
