package dev.tiaki.netfilter.queue;

import dev.tiaki.netfilter.netlink.AttributeCursor;
import dev.tiaki.netfilter.netlink.Capabilities;
import dev.tiaki.netfilter.netlink.Errno;
import dev.tiaki.netfilter.netlink.MessageWriter;
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
 *   queue.receive();               // waits a little
 *   while (queue.next()) {         // a packet; its accessors are valid until the next call
 *     queue.accept(queue.id());    // or drop, or accept with another payload, now or later
 *   }
 *   queue.flush();                 // verdicts leave in one call
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
  private static final int COPY_RANGE = 0xffff;
  private static final int NOTHING = -1;
  private static final int PROBE_BUFFER_BYTES = 1 << 16;

  private final QueueOptions options;
  private final NetlinkSocket socket;
  private final NetlinkBatch batch;
  private final Arena arena = Arena.ofShared();
  private final VerdictWriter verdicts;
  private final AttributeCursor attributes = new AttributeCursor();
  private final AttributeCursor nested = new AttributeCursor();
  private final AttributeCursor payload = new AttributeCursor();
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

  private int id;
  private int protocol;
  private int mark;
  private int info;
  private int deviceIn;
  private int deviceOut;
  private int length;
  private int wireLength;
  private int conntrackId;
  private int conntrackMark;

  private PacketQueue(QueueOptions options, NetlinkSocket socket) {
    this.options = options;
    this.socket = socket;
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
    bind();
    failOpen = options.failOpen() && flag(QueueProtocol.FLAG_FAIL_OPEN);
    joined = options.joined() && flag(QueueProtocol.FLAG_GSO);
    conntrack = options.conntrack() && flag(QueueProtocol.FLAG_CONNTRACK);
    socket.giveUpAfterMillis(options.waitMillis());
  }

  /** One message, so that no packet comes before its payload was asked for. */
  private void bind() throws NetlinkException {
    byte[] command = {QueueProtocol.COMMAND_BIND, 0, 0, 0};
    byte[] parameters = {0, 0, (byte) (COPY_RANGE >> 8), (byte) COPY_RANGE, 2};
    MessageWriter writer = configuration();
    writer.octets(QueueProtocol.CONFIG_COMMAND, command);
    writer.octets(QueueProtocol.CONFIG_PARAMETERS, parameters);
    writer.u32(QueueProtocol.CONFIG_LENGTH, options.maxPackets());
    int errno = ask(writer);
    if (errno != 0) {
      throw refusal(errno);
    }
  }

  /** The kernel says EPERM to a taken queue as well as to a program without the capability. */
  private NetlinkException refusal(int errno) {
    String queue = "queue " + options.number();
    return errno == Errno.EPERM && Capabilities.own().has(Capabilities.NET_ADMIN)
        ? new NetlinkException(queue + " is served by another program", Errno.EBUSY, null)
        : new NetlinkException(queue, errno, null);
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
    QueueOptions options = QueueOptions.of(number).in(namespace);
    try (NetlinkSocket socket =
            NetlinkSocket.open(namespace, Netlink.NETLINK_NETFILTER, PROBE_BUFFER_BYTES);
        PacketQueue probe = new PacketQueue(options.withSlots(1), socket)) {
      // a message that asks for nothing: who does not serve the queue may not even ask
      int errno = probe.ask(probe.configuration());
      if (errno != 0 && errno != Errno.EPERM && errno != Errno.ENODEV) {
        throw new NetlinkException(
            "queue " + number + " (CONFIG_NETFILTER_NETLINK_QUEUE)", errno, null);
      }
      return errno == Errno.EPERM;
    }
  }

  /** A message of its own for each: one that the kernel does not know spoils the whole message. */
  private boolean flag(int flag) throws NetlinkException {
    MessageWriter writer = configuration();
    writer.u32(QueueProtocol.CONFIG_MASK, flag).u32(QueueProtocol.CONFIG_FLAGS, flag);
    return ask(writer) == 0;
  }

  private MessageWriter configuration() {
    return new MessageWriter(arena.allocate(256, 8))
        .begin(QueueProtocol.MESSAGE_CONFIG, Netlink.REQUEST | Netlink.ACK)
        .netfilter(0, 0, options.number());
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
          read(answer);
          write(QueueProtocol.REPEAT, id, KEEP_MARK);
          send();
        }
      }
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
    try (Arena own = Arena.ofConfined()) {
      MessageWriter writer =
          new MessageWriter(own.allocate(64, 8))
              .begin(QueueProtocol.MESSAGE_CONFIG, Netlink.REQUEST)
              .netfilter(0, 0, options.number());
      byte[] command = {QueueProtocol.COMMAND_UNBIND, 0, 0, 0};
      writer.octets(QueueProtocol.CONFIG_COMMAND, command).end();
      return socket.sendAside(writer);
    }
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
          read(message);
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

  private void read(NetlinkMessages message) {
    mark = 0;
    info = 0;
    deviceIn = 0;
    deviceOut = 0;
    length = 0;
    wireLength = 0;
    conntrackId = 0;
    conntrackMark = 0;
    message.attributes(attributes);
    while (attributes.next()) {
      switch (attributes.type()) {
        case QueueProtocol.PACKET_HEADER -> {
          id = octets(0);
          protocol = attributes.octet(4) << 8 | attributes.octet(5);
        }
        case QueueProtocol.MARK -> mark = attributes.intNumber();
        case QueueProtocol.DEVICE_IN -> deviceIn = attributes.intNumber();
        case QueueProtocol.DEVICE_OUT -> deviceOut = attributes.intNumber();
        case QueueProtocol.PACKET_INFO -> info = attributes.intNumber();
        case QueueProtocol.CAPPED_LENGTH -> wireLength = attributes.intNumber();
        case QueueProtocol.CONNTRACK -> readConntrack();
        case QueueProtocol.PAYLOAD -> {
          length = attributes.length();
          payload.sameAs(attributes);
        }
        default -> {} // kernels grow
      }
    }
    wireLength = Math.max(wireLength, length);
  }

  private int octets(int at) {
    return attributes.octet(at) << 24
        | attributes.octet(at + 1) << 16
        | attributes.octet(at + 2) << 8
        | attributes.octet(at + 3);
  }

  private void readConntrack() {
    attributes.into(nested);
    while (nested.next()) {
      switch (nested.type()) {
        case QueueProtocol.CONNTRACK_ID -> conntrackId = nested.intNumber();
        case QueueProtocol.CONNTRACK_MARK -> conntrackMark = nested.intNumber();
        default -> {}
      }
    }
  }

  /** Returns the packet's id, by which verdicts name it; ids rise. */
  public int id() {
    return id;
  }

  /** Returns the packet's EtherType. */
  public int etherType() {
    return protocol;
  }

  /** Returns the packet's mark. */
  public int mark() {
    return mark;
  }

  /** Returns the index of the device that it came in by; 0 when it was sent by this host. */
  public int deviceIn() {
    return deviceIn;
  }

  /** Returns the index of the device that it will leave by; 0 where that is not known. */
  public int deviceOut() {
    return deviceOut;
  }

  /** Returns how many octets of the IP packet came. */
  public int length() {
    return length;
  }

  /** Returns how long the IP packet is; longer than {@link #length} when it did not fit. */
  public int wireLength() {
    return wireLength;
  }

  /** Copies the IP packet to {@code target} from index {@code at}. */
  public void copyTo(byte[] target, int at) {
    payload.copyTo(target, at, length);
  }

  /** Tells whether the transport checksum is still to be computed, and wrong until then. */
  public boolean isChecksumMissing() {
    return (info & QueueProtocol.CHECKSUM_NOT_READY) != 0;
  }

  /** Tells whether the kernel joined the packet from several. */
  public boolean isJoined() {
    return (info & QueueProtocol.GSO) != 0;
  }

  /** Returns the connection's id, 0 when the kernel does not say. */
  public int conntrackId() {
    return conntrackId;
  }

  /** Returns the connection's mark, 0 when the kernel does not say. */
  public int conntrackMark() {
    return conntrackMark;
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
