package dev.tiaki.netfilter.netlink;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Requests with their acknowledgements over one socket, for any number of threads: each holds the
 * socket until its answer is complete. Answers are matched by sequence number.
 */
public final class NetlinkRequests implements AutoCloseable {
  /** A batch never asks for more acknowledgements at once than the receive queue holds. */
  public static final int MAX_BATCH = 256;

  private static final int WRITER_BYTES = 1 << 18;
  private static final int RECEIVE_BUFFER_BYTES = 1 << 21;
  private static final int GIVE_UP_SECONDS = 30;

  private final ReentrantLock lock = new ReentrantLock();
  private final NetlinkSocket socket;
  private final Arena arena = Arena.ofShared();
  private final MessageWriter writer = new MessageWriter(arena.allocate(WRITER_BYTES, 8));
  private int sequence;

  /**
   * Opens a socket of netfilter's in {@code namespace}.
   *
   * @throws IOException when that is not possible
   */
  public NetlinkRequests(NetworkNamespace namespace) throws IOException {
    socket = NetlinkSocket.open(namespace, Netlink.NETLINK_NETFILTER, RECEIVE_BUFFER_BYTES);
    socket.giveUpAfter(GIVE_UP_SECONDS);
  }

  /** Returns the socket's port id. */
  public int portId() {
    return socket.portId();
  }

  /**
   * Sends the one message that {@code request} writes (with the flag ACK) and hands the messages of
   * the answer to {@code answer} until the acknowledgement.
   *
   * @param what what this is, for the text of an error
   * @throws NetlinkException when the kernel refuses
   */
  public void execute(
      String what, Consumer<MessageWriter> request, Consumer<NetlinkMessages> answer)
      throws NetlinkException {
    lock.lock();
    try {
      writer.reset();
      request.accept(writer);
      writer.sequence(0, ++sequence);
      socket.send(writer);
      while (true) {
        NetlinkMessages messages = socket.receive();
        while (messages.next()) {
          if (messages.sequence() != sequence) {
            continue; // the rest of an answer that was given up
          }
          if (messages.type() == Netlink.ERROR) {
            refuse(what, messages);
            return;
          }
          answer.accept(messages);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** As {@link #execute(String, Consumer, Consumer)} where no message but the ACK is awaited. */
  public void execute(String what, Consumer<MessageWriter> request) throws NetlinkException {
    execute(what, request, messages -> {});
  }

  private static void refuse(String what, NetlinkMessages messages) throws NetlinkException {
    int errno = messages.errno();
    if (errno != 0) {
      @Nullable String text = messages.extendedText();
      throw new NetlinkException(what, errno, text);
    }
  }

  /** Writes the message with this index of a batch. */
  @FunctionalInterface
  public interface BatchBody {
    /** Writes message {@code index}, flag ACK included. */
    void write(MessageWriter writer, int index);
  }

  /**
   * Sends up to {@link #MAX_BATCH} messages in one call. One that fails does not stop the others.
   *
   * @return the positive errno of each, 0 for done
   */
  public int[] batch(int count, BatchBody body) throws NetlinkException {
    if (count < 0 || count > MAX_BATCH) {
      throw new IllegalArgumentException("count=" + count);
    }
    int[] errnos = new int[count];
    if (count == 0) {
      return errnos;
    }
    lock.lock();
    try {
      int first = sequence + 1;
      writer.reset();
      for (int i = 0; i < count; i++) {
        long start = writer.size();
        body.write(writer, i);
        writer.sequence(start, ++sequence);
      }
      socket.send(writer);
      awaitAcknowledgements(errnos, first);
    } finally {
      lock.unlock();
    }
    return errnos;
  }

  private void awaitAcknowledgements(int[] errnos, int first) throws NetlinkException {
    int missing = errnos.length;
    while (missing > 0) {
      NetlinkMessages messages = socket.receive();
      while (messages.next()) {
        int index = messages.sequence() - first;
        if (messages.type() == Netlink.ERROR && index >= 0 && index < errnos.length) {
          errnos[index] = messages.errno();
          missing--;
        }
      }
    }
  }

  /** Closes the socket; waits for a request under way. */
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
