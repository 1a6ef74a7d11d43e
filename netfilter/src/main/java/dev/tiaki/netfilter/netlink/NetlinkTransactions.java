package dev.tiaki.netfilter.netlink;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Batches of netfilter: several messages that the kernel carries out all together or not at all, in
 * one system call. For any number of threads: each holds the socket until its answer is complete.
 *
 * <pre>
 *  | BATCH_BEGIN, generation | message | message | ... | BATCH_END |   in one send
 * </pre>
 */
public final class NetlinkTransactions implements AutoCloseable {
  /** No generation is asked for: the batch is carried out whatever the others did meanwhile. */
  public static final long ANY_GENERATION = -1;

  /** The most octets of one batch: 40 000 addresses. */
  public static final int MAX_BYTES = 1 << 21;

  private static final int BATCH_BEGIN = 0x10;
  private static final int BATCH_END = 0x11;
  private static final int BATCH_GENERATION = 1;
  private static final int RECEIVE_BUFFER_BYTES = 1 << 21;
  private static final int GIVE_UP_SECONDS = 30;

  private final ReentrantLock lock = new ReentrantLock();
  private final int subsystem;
  private final NetlinkSocket socket;
  private final Arena arena = Arena.ofShared();
  private final MessageWriter writer = new MessageWriter(arena.allocate(MAX_BYTES, 8));
  private int sequence;

  /**
   * Opens a socket of netfilter's in {@code namespace}.
   *
   * @param subsystem whose batches these are, such as 10 for nf_tables
   * @throws IOException when that is not possible
   */
  public NetlinkTransactions(NetworkNamespace namespace, int subsystem) throws IOException {
    this.subsystem = subsystem;
    socket = NetlinkSocket.open(namespace, Netlink.NETLINK_NETFILTER, RECEIVE_BUFFER_BYTES);
    socket.giveUpAfter(GIVE_UP_SECONDS);
    socket.sendUpTo(MAX_BYTES);
  }

  /**
   * Carries out messages, all of them or none.
   *
   * @param what what this is, for the text of an error
   * @param generation only if this is still the number of the ruleset, or {@link #ANY_GENERATION}
   * @param isDryRun true: the kernel tries them, and forgets them again
   * @param count how many messages, at most {@link NetlinkRequests#MAX_BATCH}
   * @param body writes each of them, flag ACK included
   * @return the positive errno of each, 0 for done; if any is not 0, none was done
   * @throws NetlinkException when the batch as such is refused: ERESTART where the generation is
   *     another one by now
   */
  public int[] run(
      String what, long generation, boolean isDryRun, int count, NetlinkRequests.BatchBody body)
      throws NetlinkException {
    if (count < 1 || count > NetlinkRequests.MAX_BATCH) {
      throw new IllegalArgumentException("count=" + count);
    }
    lock.lock();
    try {
      int begin = write(generation, isDryRun, count, body);
      socket.send(writer);
      return await(what, begin, count);
    } catch (IndexOutOfBoundsException e) {
      throw new NetlinkException(what, Errno.EMSGSIZE, null);
    } finally {
      lock.unlock();
    }
  }

  private int write(long generation, boolean isDryRun, int count, NetlinkRequests.BatchBody body) {
    writer.reset();
    int begin = ++sequence;
    writer.begin(BATCH_BEGIN, Netlink.REQUEST).netfilter(0, 0, subsystem);
    if (generation != ANY_GENERATION) {
      writer.u32(BATCH_GENERATION, generation);
    }
    writer.end();
    writer.sequence(0, begin);
    for (int i = 0; i < count; i++) {
      long start = writer.size();
      body.write(writer, i);
      writer.sequence(start, ++sequence);
    }
    if (!isDryRun) { // without its end the kernel takes everything back
      long start = writer.size();
      writer.begin(BATCH_END, Netlink.REQUEST).netfilter(0, 0, subsystem).end();
      writer.sequence(start, ++sequence);
    }
    return begin;
  }

  private int[] await(String what, int begin, int count) throws NetlinkException {
    int[] errnos = new int[count];
    int missing = count;
    while (missing > 0) {
      NetlinkMessages messages = socket.receive();
      while (messages.next()) {
        int index = messages.sequence() - begin - 1;
        if (messages.type() != Netlink.ERROR) {
          continue;
        }
        if (index == -1) {
          throw new NetlinkException(what, messages.errno(), messages.extendedText());
        }
        if (index >= 0 && index < count) {
          errnos[index] = messages.errno();
          missing--;
        }
      }
    }
    return errnos;
  }

  /** Closes the socket; waits for a batch under way. */
  @Override
  public void close() {
    lock.lock();
    try {
      if (arena.scope().isAlive()) {
        socket.close();
        arena.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
