package dev.tiaki.netfilter.netlink;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.function.Consumer;

/**
 * One dump, message by message, over a socket of its own: the kernel fills the next part only when
 * the last one was read, so a slow reader needs no memory.
 *
 * <pre>{@code
 * try (NetlinkDump dump = new NetlinkDump("conntrack dump", namespace, request)) {
 *   while (dump.next()) {
 *     dump.message().attributes(cursor);
 *   }
 * }
 * }</pre>
 */
public final class NetlinkDump implements AutoCloseable {
  private static final int REQUEST_BYTES = 1 << 12;
  private static final int RECEIVE_BUFFER_BYTES = 1 << 18;
  private static final int GIVE_UP_SECONDS = 30;
  private static final int SEQUENCE = 1;

  private final String what;
  private final NetlinkSocket socket;
  private boolean started;
  private boolean done;
  private boolean filtered;
  private boolean interrupted;

  /**
   * Sends the request that {@code request} writes, with the flags REQUEST and DUMP.
   *
   * @param what what this is, for the text of an error
   * @throws IOException when the socket cannot be opened or the request not be sent
   */
  public NetlinkDump(String what, NetworkNamespace namespace, Consumer<MessageWriter> request)
      throws IOException {
    this.what = what;
    this.socket = NetlinkSocket.open(namespace, Netlink.NETLINK_NETFILTER, RECEIVE_BUFFER_BYTES);
    try (Arena arena = Arena.ofConfined()) {
      socket.giveUpAfter(GIVE_UP_SECONDS);
      MessageWriter writer = new MessageWriter(arena.allocate(REQUEST_BYTES, 8));
      request.accept(writer);
      writer.sequence(0, SEQUENCE);
      socket.send(writer);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Waits for the first part of the answer, so that a refusal is known before any entry is asked
   * for. The refusal itself is thrown here.
   */
  public void readAhead() throws NetlinkException {
    socket.receive();
    started = true;
    NetlinkMessages messages = socket.messages();
    if (messages.next() && messages.type() == Netlink.ERROR && messages.errno() > 0) {
      done = true;
      throw new NetlinkException(what, messages.errno(), messages.extendedText());
    }
    messages.rewind();
  }

  /**
   * Goes to the next entry; false at the end.
   *
   * @throws NetlinkException when the kernel refused or broke off
   */
  public boolean next() throws NetlinkException {
    while (!done) {
      if (!started) {
        socket.receive();
        started = true;
      }
      NetlinkMessages messages = socket.messages();
      while (messages.next()) {
        if (messages.sequence() == SEQUENCE) {
          return !isEnd(messages);
        }
      }
      started = false;
    }
    return false;
  }

  private boolean isEnd(NetlinkMessages messages) throws NetlinkException {
    filtered |= (messages.flags() & Netlink.DUMP_FILTERED) != 0;
    interrupted |= (messages.flags() & Netlink.DUMP_INTERRUPTED) != 0;
    int type = messages.type();
    if (type != Netlink.DONE && type != Netlink.ERROR) {
      return false;
    }
    done = true;
    if (messages.errno() > 0) {
      throw new NetlinkException(what, messages.errno(), messages.extendedText());
    }
    return true;
  }

  /** Returns the messages, standing at the present entry. */
  public NetlinkMessages message() {
    return socket.messages();
  }

  /** Tells whether the kernel said that it applied a filter. */
  public boolean isFiltered() {
    return filtered;
  }

  /** Tells whether the kernel said that the table changed in a way that may hide entries. */
  public boolean isInterrupted() {
    return interrupted;
  }

  /** Ends the dump, at its end or before. */
  @Override
  public void close() {
    socket.close();
  }
}
