package dev.tiaki.netfilter.netlink;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.tiaki.netfilter.libc.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Reads many datagrams of a {@link NetlinkSocket} in one call ({@code recvmmsg}). Reading allocates
 * nothing. For one thread.
 *
 * <pre>
 *  mmsghdr, 64 octets (64-bit)
 *  0      8         16     24       32        40        48      56
 *  | name | namelen | iov | iovlen | control | controllen | flags | length |
 * </pre>
 */
public final class NetlinkBatch implements AutoCloseable {
  private static final int HEADER_BYTES = 64;
  private static final int VECTOR_BYTES = 16;
  private static final int IOV = 16;
  private static final int IOV_COUNT = 24;
  private static final int LENGTH = 56;
  private static final int MSG_WAITFORONE = 0x1_0000;
  private static final int MSG_DONTWAIT = 0x40;

  private final NetlinkSocket socket;
  private final int slots;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment state = Libc.state(arena);
  private final MemorySegment headers;
  private final NetlinkMessages[] messages;

  /**
   * Makes room for {@code slots} datagrams of at most {@code slotBytes} octets.
   *
   * @param socket where they come from; it stays the caller's
   */
  public NetlinkBatch(NetlinkSocket socket, int slots, int slotBytes) {
    this.socket = socket;
    this.slots = slots;
    headers = arena.allocate((long) HEADER_BYTES * slots, 8);
    MemorySegment vectors = arena.allocate((long) VECTOR_BYTES * slots, 8);
    MemorySegment buffers = arena.allocate((long) slotBytes * slots, 64);
    messages = new NetlinkMessages[slots];
    for (int i = 0; i < slots; i++) {
      MemorySegment slot = buffers.asSlice((long) slotBytes * i, slotBytes);
      vectors.set(JAVA_LONG, (long) VECTOR_BYTES * i, slot.address());
      vectors.set(JAVA_LONG, (long) VECTOR_BYTES * i + 8, slotBytes);
      long header = (long) HEADER_BYTES * i;
      headers.set(JAVA_LONG, header + IOV, vectors.address() + (long) VECTOR_BYTES * i);
      headers.set(JAVA_LONG, header + IOV_COUNT, 1);
      messages[i] = new NetlinkMessages(slot);
    }
  }

  /**
   * Waits for a datagram, for at most the socket's own time, and takes it with all others that are
   * there.
   *
   * @return how many, or a negative errno: {@code -EAGAIN} when the time is over, {@code -ENOBUFS}
   *     when some were lost
   */
  public int receive() {
    return receive(MSG_WAITFORONE);
  }

  /** As {@link #receive()} without waiting. */
  public int receiveNow() {
    return receive(MSG_DONTWAIT);
  }

  private int receive(int flags) {
    int count = Libc.recvmmsg(state, socket.descriptor(), headers, slots, flags);
    for (int i = 0; i < count; i++) {
      messages[i].over(headers.get(JAVA_INT, (long) HEADER_BYTES * i + LENGTH) & 0xffff_ffffL);
    }
    return count;
  }

  /** Returns the messages of datagram {@code index} of the last read. */
  public NetlinkMessages messages(int index) {
    return messages[index];
  }

  /** Frees the memory. */
  @Override
  public void close() {
    arena.close();
  }
}
