package dev.tiaki.netfilter.queue;

import dev.tiaki.netfilter.netlink.Capabilities;
import dev.tiaki.netfilter.netlink.Errno;
import dev.tiaki.netfilter.netlink.MessageWriter;
import dev.tiaki.netfilter.netlink.Netlink;
import dev.tiaki.netfilter.netlink.NetlinkException;
import dev.tiaki.netfilter.netlink.NetlinkMessages;
import dev.tiaki.netfilter.netlink.NetlinkSocket;
import java.lang.foreign.Arena;

/** The messages by which a program takes a queue, sets it up, and gives it back. */
final class QueueConfiguration {
  private static final int COPY_RANGE = 0xffff;
  private static final int MESSAGE_BYTES = 256;

  private final NetlinkSocket socket;
  private final int number;

  QueueConfiguration(NetlinkSocket socket, int number) {
    this.socket = socket;
    this.number = number;
  }

  /**
   * Takes the queue. One message, so that no packet comes before its payload was asked for.
   *
   * @param maxPackets how many packets may wait for a verdict
   */
  void bind(int maxPackets) throws NetlinkException {
    byte[] command = {QueueProtocol.COMMAND_BIND, 0, 0, 0};
    byte[] parameters = {0, 0, (byte) (COPY_RANGE >> 8), (byte) COPY_RANGE, 2};
    try (Arena arena = Arena.ofConfined()) {
      MessageWriter writer = message(arena, Netlink.REQUEST | Netlink.ACK);
      writer.octets(QueueProtocol.CONFIG_COMMAND, command);
      writer.octets(QueueProtocol.CONFIG_PARAMETERS, parameters);
      writer.u32(QueueProtocol.CONFIG_LENGTH, maxPackets);
      int errno = ask(writer);
      if (errno != 0) {
        throw refusal(errno);
      }
    }
  }

  /** The kernel says EPERM to a taken queue as well as to a program without the capability. */
  private NetlinkException refusal(int errno) {
    String queue = "queue " + number;
    return errno == Errno.EPERM && Capabilities.own().has(Capabilities.NET_ADMIN)
        ? new NetlinkException(queue + " is served by another program", Errno.EBUSY, null)
        : new NetlinkException(queue, errno, null);
  }

  /**
   * Sets a flag, if the kernel knows it. A message of its own for each: one that the kernel does
   * not know spoils the whole message.
   */
  boolean set(int flag) throws NetlinkException {
    try (Arena arena = Arena.ofConfined()) {
      MessageWriter writer = message(arena, Netlink.REQUEST | Netlink.ACK);
      writer.u32(QueueProtocol.CONFIG_MASK, flag).u32(QueueProtocol.CONFIG_FLAGS, flag);
      return ask(writer) == 0;
    }
  }

  /** Tells whether another program serves the queue, which is not touched. */
  boolean isServedByAnother() throws NetlinkException {
    try (Arena arena = Arena.ofConfined()) {
      // a message that asks for nothing: who does not serve the queue may not even ask
      int errno = ask(message(arena, Netlink.REQUEST | Netlink.ACK));
      if (errno != 0 && errno != Errno.EPERM && errno != Errno.ENODEV) {
        throw new NetlinkException(
            "queue " + number + " (CONFIG_NETFILTER_NETLINK_QUEUE)", errno, null);
      }
      return errno == Errno.EPERM;
    }
  }

  /** Gives the queue back without waiting for an answer; may be called by any thread. */
  boolean unbindAside() {
    byte[] command = {QueueProtocol.COMMAND_UNBIND, 0, 0, 0};
    try (Arena arena = Arena.ofConfined()) {
      MessageWriter writer = message(arena, Netlink.REQUEST);
      writer.octets(QueueProtocol.CONFIG_COMMAND, command).end();
      return socket.sendAside(writer);
    }
  }

  private MessageWriter message(Arena arena, int flags) {
    return new MessageWriter(arena.allocate(MESSAGE_BYTES, 8))
        .begin(QueueProtocol.MESSAGE_CONFIG, flags)
        .netfilter(0, 0, number);
  }

  /** Returns the errno of the answer. Packets that come before it are sent round once more. */
  private int ask(MessageWriter writer) throws NetlinkException {
    writer.end();
    socket.send(writer);
    while (true) {
      NetlinkMessages answer = socket.receive();
      while (answer.next()) {
        if (answer.type() == Netlink.ERROR) {
          return answer.errno();
        }
        if (answer.type() == QueueProtocol.MESSAGE_PACKET) {
          sendRoundAgain(answer);
        }
      }
    }
  }

  private void sendRoundAgain(NetlinkMessages message) {
    QueuedPacket packet = new QueuedPacket();
    packet.read(message);
    try (Arena arena = Arena.ofConfined()) {
      VerdictWriter verdict =
          new VerdictWriter(arena.allocate(VerdictWriter.PLAIN_BYTES, 8), number);
      verdict.verdict(
          QueueProtocol.MESSAGE_VERDICT, QueueProtocol.REPEAT, packet.id(), PacketQueue.KEEP_MARK);
      socket.send(verdict.memory(), verdict.size());
    }
  }
}
