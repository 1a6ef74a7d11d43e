package dev.tiaki.netfilter.queue;

import dev.tiaki.netfilter.netlink.Capabilities;
import dev.tiaki.netfilter.netlink.Errno;
import dev.tiaki.netfilter.netlink.Netlink;
import dev.tiaki.netfilter.netlink.NetlinkBatch;
import dev.tiaki.netfilter.netlink.NetlinkException;
import dev.tiaki.netfilter.netlink.NetlinkMessages;
import dev.tiaki.netfilter.netlink.NetlinkSocket;
import dev.tiaki.netfilter.netlink.NetworkNamespace;
import java.io.IOException;
import java.lang.foreign.Arena;

/**
 * One packet queue of the kernel: packets of both IP families come here and wait there for their
 * verdicts. For one thread; no call after {@link #open} allocates.
 *
 * <pre>{@code
 * while (running) {
 *   queue.receive();                   // waits a little
 *   while (queue.next()) {             // packet() is this one until the next call
 *     queue.accept(queue.packet().id()); // or drop, or accept with another payload, now or later
 *   }
 *   queue.flush();                     // verdicts leave in one call
 * }
 * }</pre>
 *
 * Every packet needs exactly one verdict. Packets without one keep their place in the queue until
 * it is closed; the kernel drops them then. Source: {@code net/netfilter/nfnetlink_queue.c}.
 */
public final class PacketQueue implements AutoCloseable {
  /** Leaves a packet's mark as it is. */
  public static final int KEEP_MARK = 0;

  private static final int JOINED_BYTES = 1 << 16;
  private static final int OVERHEAD_BYTES = 1024;
  private static final int WRITER_BYTES = 1 << 18;
  private static final int NOTHING = -1;
  private static final int PROBE_BUFFER_BYTES = 1 << 16;

  private final QueueOptions options;
  private final NetlinkSocket socket;
  private final QueueConfiguration configuration;
  private final NetlinkBatch batch;
  private final Arena arena = Arena.ofShared();
  private final VerdictWriter verdicts;
  private final QueuedPacket packet = new QueuedPacket();
  private boolean joined;
  private boolean failOpen;
  private boolean conntrack;

  private int datagrams;
  private int datagram = NOTHING;
  private long undecided;
  private long overruns;
  private long refusedVerdicts;
  private int runEnd;
  private boolean running;

  private PacketQueue(QueueOptions options, NetlinkSocket socket) {
    this.options = options;
    this.socket = socket;
    this.configuration = new QueueConfiguration(socket, options.number());
    this.batch = new NetlinkBatch(socket, options.slots(), JOINED_BYTES + OVERHEAD_BYTES);
    this.verdicts = new VerdictWriter(arena.allocate(WRITER_BYTES, 8), options.number());
  }

  /**
   * Takes a queue.
   *
   * @throws NetlinkException with EBUSY when another program serves this queue, EPERM without
   *     CAP_NET_ADMIN
   * @throws IOException when the kernel has no packet queues
   */
  public static PacketQueue open(QueueOptions options) throws IOException {
    PacketQueue queue = prepare(options);
    try {
      queue.take();
      return queue;
    } catch (IOException | RuntimeException e) {
      queue.close();
      throw e;
    }
  }

  /**
   * Makes what a queue needs, and leaves the queue to who serves it until {@link #take}.
   *
   * @throws IOException when the kernel has no netfilter sockets
   */
  public static PacketQueue prepare(QueueOptions options) throws IOException {
    NetlinkSocket socket =
        NetlinkSocket.open(
            options.namespace(), Netlink.NETLINK_NETFILTER, options.receiveBufferBytes());
    return new PacketQueue(options, socket);
  }

  /**
   * Takes the queue; to be called once, before anything else.
   *
   * @throws NetlinkException with EBUSY when another program serves this queue, EPERM without
   *     CAP_NET_ADMIN
   */
  public void take() throws NetlinkException {
    socket.ignoreOverruns();
    configuration.bind(options.maxPackets());
    failOpen = options.failOpen() && configuration.set(QueueProtocol.FLAG_FAIL_OPEN);
    joined = options.joined() && configuration.set(QueueProtocol.FLAG_GSO);
    conntrack = options.conntrack() && configuration.set(QueueProtocol.FLAG_CONNTRACK);
    socket.giveUpAfterMillis(options.waitMillis());
  }

  /**
   * Tells whether another program serves a queue, which is not touched.
   *
   * @throws NetlinkException with EPERM without CAP_NET_ADMIN
   * @throws IOException when the kernel has no packet queues
   */
  public static boolean isServed(NetworkNamespace namespace, int number) throws IOException {
    if (!Capabilities.own().has(Capabilities.NET_ADMIN)) {
      throw new NetlinkException("queue " + number, Errno.EPERM, null);
    }
    try (NetlinkSocket socket =
        NetlinkSocket.open(namespace, Netlink.NETLINK_NETFILTER, PROBE_BUFFER_BYTES)) {
      return new QueueConfiguration(socket, number).isServedByAnother();
    }
  }

  /** Returns the queue's number. */
  public int number() {
    return options.number();
  }

  /** Tells whether packets that the kernel joined come as one. */
  public boolean isJoining() {
    return joined;
  }

  /** Tells whether packets pass when too many wait. */
  public boolean isFailOpen() {
    return failOpen;
  }

  /** Tells whether the kernel says which connection a packet belongs to. */
  public boolean hasConntrack() {
    return conntrack;
  }

  /**
   * Waits for packets, for at most the time of the options, and takes as many as there are.
   *
   * @return whether there are any
   * @throws NetlinkException when the queue is broken
   */
  public boolean receive() throws NetlinkException {
    return received(batch.receive());
  }

  /** As {@link #receive} without waiting. */
  public boolean receiveNow() throws NetlinkException {
    return received(batch.receiveNow());
  }

  /** Ends a {@link #receive} that waits, or the next one, early; may be called by any thread. */
  public void interrupt() {
    socket.interrupt();
  }

  /**
   * Gives the queue back for a while, in the name of a thread that does not move: the kernel drops
   * the packets that wait, and later ones meet a queue that nobody serves, which those rules let
   * pass that say {@code bypass}. May be called by any thread, also when the queue is closed.
   *
   * @return whether the kernel took it
   */
  public boolean suspend() {
    return configuration.unbindAside();
  }

  /**
   * Takes the queue again after {@link #suspend}. Packets from before are forgotten: the kernel has
   * dropped them, and counts new ones from 1, so that no verdict may follow for the old ones.
   *
   * @throws NetlinkException with EBUSY when another program serves this queue by now
   */
  public void resume() throws NetlinkException {
    while (batch.receiveNow() > 0) {
      // what came before
    }
    verdicts.reset();
    running = false;
    undecided = 0;
    datagrams = 0;
    datagram = NOTHING;
    take();
  }

  private boolean received(int count) throws NetlinkException {
    datagrams = Math.max(0, count);
    datagram = NOTHING;
    switch (-count) {
      case Errno.EAGAIN, Errno.EINTR -> {}
      case Errno.ENOBUFS -> overruns++;
      default -> {
        if (count < 0) {
          throw new NetlinkException("queue " + options.number(), -count, null);
        }
      }
    }
    return count > 0;
  }

  /** Goes to the next packet of those that were received; false when there is none left. */
  public boolean next() {
    while (true) {
      while (datagram >= 0 && batch.messages(datagram).next()) {
        NetlinkMessages message = batch.messages(datagram);
        if (message.type() == QueueProtocol.MESSAGE_PACKET) {
          packet.read(message);
          undecided++;
          return true;
        }
        refusedVerdicts += message.type() == Netlink.ERROR && message.errno() != 0 ? 1 : 0;
      }
      if (++datagram >= datagrams) {
        datagram = NOTHING;
        datagrams = 0;
        return false;
      }
    }
  }

  /** Returns the packet that {@link #next} went to; it is another one after the next call. */
  public QueuedPacket packet() {
    return packet;
  }

  /** Returns how many packets came and have no verdict yet. */
  public long undecided() {
    return undecided;
  }

  /** Returns how often the kernel said that packets were lost on their way here. */
  public long overruns() {
    return overruns;
  }

  /** Returns how many verdicts the kernel refused. */
  public long refusedVerdicts() {
    return refusedVerdicts;
  }

  /** Lets packet {@code packetId} go on as it is. */
  public void accept(int packetId) {
    if (undecided == 1) {
      // everything that came before it is decided: one message for the whole run will do
      undecided = 0;
      running = true;
      runEnd = packetId;
      return;
    }
    decide(QueueProtocol.ACCEPT, packetId, KEEP_MARK);
  }

  /** Lets packet {@code packetId} go on with another mark, which is not {@link #KEEP_MARK}. */
  public void accept(int packetId, int newMark) {
    decide(QueueProtocol.ACCEPT, packetId, newMark);
  }

  /**
   * Lets packet {@code packetId} go on with another content.
   *
   * @param newMark its mark, or {@link #KEEP_MARK}
   * @param bytes where the whole IP packet is, at most 65 531 octets
   */
  public void accept(int packetId, int newMark, byte[] bytes, int offset, int count) {
    endRun();
    undecided--;
    if (!verdicts.hasRoomFor(count)) {
      send();
    }
    verdicts.verdict(packetId, newMark, bytes, offset, count);
  }

  /** Drops packet {@code packetId}. */
  public void drop(int packetId) {
    decide(QueueProtocol.DROP, packetId, KEEP_MARK);
  }

  private void decide(int verdict, int packetId, int newMark) {
    endRun();
    undecided--;
    write(verdict, packetId, newMark);
  }

  private void write(int verdict, int packetId, int newMark) {
    if (!verdicts.hasRoomFor(0)) {
      send();
    }
    verdicts.verdict(QueueProtocol.MESSAGE_VERDICT, verdict, packetId, newMark);
  }

  private void endRun() {
    if (running) {
      running = false;
      if (!verdicts.hasRoomFor(0)) {
        send();
      }
      verdicts.verdict(
          QueueProtocol.MESSAGE_VERDICT_BATCH, QueueProtocol.ACCEPT, runEnd, KEEP_MARK);
    }
  }

  /** Sends the verdicts that were given, in their order. */
  public void flush() {
    endRun();
    send();
  }

  private void send() {
    if (verdicts.size() > 0) {
      socket.send(verdicts.memory(), verdicts.size());
      verdicts.reset();
    }
  }

  /** Sends what was decided and gives the queue back; packets without a verdict are dropped. */
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      flush();
      batch.close();
      socket.close();
      arena.close();
    }
  }
}
