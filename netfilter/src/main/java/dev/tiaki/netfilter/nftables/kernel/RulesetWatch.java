package dev.tiaki.netfilter.nftables.kernel;

import dev.tiaki.netfilter.netlink.AttributeCursor;
import dev.tiaki.netfilter.netlink.Errno;
import dev.tiaki.netfilter.netlink.Netlink;
import dev.tiaki.netfilter.netlink.NetlinkException;
import dev.tiaki.netfilter.netlink.NetlinkMessages;
import dev.tiaki.netfilter.netlink.NetlinkSocket;
import dev.tiaki.netfilter.netlink.NetworkNamespace;
import java.io.IOException;
import java.util.Optional;

/**
 * Tells when the ruleset of a network namespace is changed, and by whom. For one thread, except
 * {@link #wake}.
 */
public final class RulesetWatch implements AutoCloseable {
  private static final int RECEIVE_BUFFER_BYTES = 1 << 21;

  private final NetlinkSocket socket;
  private final NetworkNamespace namespace;
  private boolean isBetween;

  private RulesetWatch(NetlinkSocket socket, NetworkNamespace namespace) {
    this.socket = socket;
    this.namespace = namespace;
  }

  /**
   * Begins to watch.
   *
   * @throws IOException when that is not possible
   */
  public static RulesetWatch open(NetworkNamespace namespace) throws IOException {
    NetlinkSocket socket =
        NetlinkSocket.open(namespace, Netlink.NETLINK_NETFILTER, RECEIVE_BUFFER_BYTES);
    try {
      socket.join(NfTables.GROUP_CHANGES);
      return new RulesetWatch(socket, namespace);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Waits for the next change. Each transaction is one, whatever it changed.
   *
   * @param timeoutMillis how long to wait at most, -1 for ever
   * @return the change, or nothing after the time or {@link #wake}. Where changes came faster than
   *     they were read, some are missing: the one returned then has the present generation and no
   *     process (0)
   * @throws IOException when the socket fails
   */
  public Optional<RulesetChange> next(int timeoutMillis) throws IOException {
    while (true) {
      if (!isBetween) {
        if (!socket.await(timeoutMillis)) {
          return Optional.empty();
        }
        long length = socket.receiveNow();
        if (length == -Errno.ENOBUFS) {
          return Optional.of(new RulesetChange(present(), 0, ""));
        }
        if (length < 0 && length != -Errno.EAGAIN) {
          throw new NetlinkException("nf_tables changes", (int) -length, null);
        }
        isBetween = true;
      }
      NetlinkMessages messages = socket.messages();
      while (messages.next()) {
        if (messages.type() == NfTables.NEW_GENERATION) {
          return Optional.of(read(messages));
        }
      }
      isBetween = false;
    }
  }

  private long present() throws IOException {
    try (RulesetGeneration generation = RulesetGeneration.open(namespace)) {
      return generation.read();
    }
  }

  private static RulesetChange read(NetlinkMessages messages) {
    AttributeCursor attributes = messages.attributes(new AttributeCursor());
    long generation = 0;
    int process = 0;
    String program = "";
    while (attributes.next()) {
      switch (attributes.type()) {
        case NfTables.GENERATION_ID -> generation = attributes.number();
        case NfTables.GENERATION_PROCESS -> process = attributes.intNumber();
        case NfTables.GENERATION_PROCESS_NAME -> program = attributes.text();
        default -> {} // kernels grow
      }
    }
    return new RulesetChange(generation, process, program);
  }

  /** Lets a waiting {@link #next}, and every later one, return nothing; for any thread. */
  public void wake() {
    socket.wake();
  }

  @Override
  public void close() {
    socket.close();
  }
}
